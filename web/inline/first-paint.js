// A classic script in the head, because a module runs after the first paint: without it a person
// who chose dark on a light system sees a white flash, and one who reads Chinese sees English.
// `page/theme.js` and `page/i18n.js` take over from here.
{
  const recall = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(`pynn.${name}`);
    } catch {
      return null; // No storage: the system's theme and the browser's language it is.
    }
  };
  const root = document.documentElement;
  const theme = recall('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (recall('size') === 'large') root.dataset.size = 'large';
  if (/[?&]embed=1(&|$)/.test(location.search)) root.dataset.embed = '';
  // Whoever embeds a view may say in which language: `?embed=1&lang=zh`.
  const said = new URLSearchParams(location.search).get('lang') ?? '';
  const tags = [said, recall('language') ?? '', ...navigator.languages];
  const known = tags.find((tag) => /^(en|zh)\b/i.test(tag)) ?? 'en';
  root.lang = /^zh/i.test(known) ? 'zh-CN' : 'en';
}
