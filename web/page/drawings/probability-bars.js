// Upright bars, one for each answer: how sure the network is of it.

const DIGITS = [...'0123456789'];
/** Of more answers than this, only so many of the likeliest have room. */
const MOST = 14;

/** @typedef {{group: string, bar: (name: string) => string}} BarWords */

/** Ten bars at first; `relabel` names them. */
export function createProbabilityBars() {
  const element = document.createElement('div');
  element.className = 'bars';
  element.setAttribute('role', 'group');
  /** @type {BarWords} */
  let words = { group: '', bar: (name) => name };
  let built = '';

  /** @param {string[]} names  that the bars stand for from now on */
  function build(names) {
    const key = JSON.stringify(names);
    if (key === built) return;
    built = key;
    element.style.setProperty('--bars', String(names.length));
    element.replaceChildren(...names.map(barOf));
    label();
  }

  function label() {
    element.setAttribute('aria-label', words.group);
    for (const bar of bars()) bar.setAttribute('aria-label', words.bar(bar.dataset.name ?? ''));
  }

  const bars = () => /** @type {HTMLElement[]} */ ([...element.children]);

  /**
   * @param {string[] | undefined} names  of the answers
   * @param {ArrayLike<number> | null} probabilities  as many; null leaves the bars empty
   */
  function paint(names, probabilities) {
    const all = names ?? DIGITS;
    const shares = all.map((_, at) => (probabilities ? probabilities[at] : 0));
    const best = shares.indexOf(Math.max(...shares));
    const shown = likeliest(shares);
    build(shown.map((at) => all[at]));
    for (const [place, bar] of bars().entries()) {
      const share = shares[shown[place]];
      bar.dataset.value = String(share);
      bar.dataset.best = String(probabilities !== null && shown[place] === best);
      bar.setAttribute('aria-valuenow', share.toFixed(4));
      bar.setAttribute('aria-valuetext', probabilities ? percent(share, 1) : '–');
      // An answer that is not quite ruled out shows nothing.
      bar.children[0].textContent = share < 0.005 ? '' : percent(share, 0);
      /** @type {HTMLElement} */ (bar.children[1]).style.setProperty('--share', share.toFixed(4));
    }
  }

  paint(DIGITS, null);

  return {
    element,
    paint,
    /** @param {BarWords} next */
    relabel(next) {
      words = next;
      label();
    },
  };
}

/** @param {string} name */
function barOf(name) {
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.dataset.testid = `probability-${name}`;
  bar.dataset.name = name;
  bar.setAttribute('role', 'meter');
  bar.setAttribute('aria-valuemin', '0');
  bar.setAttribute('aria-valuemax', '1');
  for (const part of ['bar-share', 'bar-track', 'bar-digit']) {
    bar.appendChild(document.createElement('span')).className = part;
  }
  bar.children[1].appendChild(document.createElement('span')).className = 'bar-fill';
  bar.children[2].textContent = name;
  return bar;
}

/** The places of those that are shown, in their order. @param {number[]} shares */
function likeliest(shares) {
  const places = shares.map((_, at) => at);
  if (shares.length <= MOST) return places;
  const order = [...places].sort((a, b) => shares[b] - shares[a]);
  return order.slice(0, MOST).sort((a, b) => a - b);
}

/**
 * What is not quite certain is never rounded up to it.
 *
 * @param {number} share
 * @param {number} digits after the point
 */
function percent(share, digits) {
  const most = 100 - 10 ** -digits;
  const rounded = (100 * share).toFixed(digits);
  return share < 1 && Number(rounded) === 100 ? `>${most.toFixed(digits)}%` : `${rounded}%`;
}
