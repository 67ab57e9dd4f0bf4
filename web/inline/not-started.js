// A classic script: it runs where the page's modules do not, and says why. Browsers take modules
// neither from a file that was opened by a double click nor under a type other than JavaScript's.
{
  const texts = {
    en: {
      file: 'This page was opened as a file, but browsers run its scripts only from a web server. Serve its folder, for example with “python -m http.server”, and open http://localhost:8000.',
      type: 'The page did not start: its server does not send .js files as JavaScript (text/javascript), so browsers do not run them. The server’s settings have to be changed.',
      load: 'The page did not start: one of its scripts could not be loaded. Check the connection and reload the page.',
    },
    zh: {
      file: '本页是作为本地文件打开的，而浏览器只运行来自网页服务器的脚本。请在所在文件夹中启动服务器，例如运行“python -m http.server”，再打开 http://localhost:8000。',
      type: '页面未能启动：服务器没有把 .js 文件标为 JavaScript（text/javascript），浏览器因此不运行它们。需要修改服务器的设置。',
      load: '页面未能启动：有一个脚本加载失败。请检查网络后刷新页面。',
    },
  };

  /** @param {string} address */
  async function reason(address) {
    if (location.protocol === 'file:') return 'file';
    try {
      const { ok, headers } = await fetch(address, { method: 'HEAD' });
      const isScript = /^(text|application)\/(x-)?(java|ecma)script\b/i;
      return ok && !isScript.test(headers.get('content-type') ?? '') ? 'type' : 'load';
    } catch {
      return 'load';
    }
  }

  // Such an event does not rise from its element: it is caught on its way down.
  addEventListener(
    'error',
    async ({ target }) => {
      if (!(target instanceof HTMLScriptElement) || target.type !== 'module') return;
      const sentence = document.createElement('p');
      sentence.role = 'alert';
      sentence.textContent =
        texts[document.documentElement.lang === 'en' ? 'en' : 'zh'][await reason(target.src)];
      document.getElementById('root')?.replaceChildren(sentence);
    },
    { capture: true },
  );
}
