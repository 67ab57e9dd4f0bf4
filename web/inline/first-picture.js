// Shows the page as it is before Python has come, until the app takes its place: one of the
// templates that stand before this script.
{
  const root = /** @type {HTMLElement} */ (document.getElementById('root'));
  const templates = [...document.querySelectorAll('template')];
  const own = templates.filter(({ dataset }) => dataset.lang === document.documentElement.lang);
  /** @type {Element | null} */
  let shown = null;

  const show = () => {
    if (shown && !shown.isConnected) return;
    const [, view] = /^#\/?([^?/]*)/.exec(location.hash) ?? [];
    const chosen = own.find(({ dataset }) => dataset.view === view) ?? own[0];
    root.replaceChildren(chosen.content.cloneNode(true));
    shown = root.firstElementChild;
  };

  show();
  addEventListener('hashchange', show);
  for (const template of templates) template.remove();
}
