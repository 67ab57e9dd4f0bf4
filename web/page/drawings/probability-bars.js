// Ten upright bars, one for each digit: how sure the network is of it.

/**
 * Makes the ten bars; relabelBars() names them.
 * @returns {HTMLElement}
 */
export function createProbabilityBars() {
  const list = document.createElement('div');
  list.className = 'bars';
  list.setAttribute('role', 'group');
  for (let digit = 0; digit < 10; digit += 1) {
    const bar = list.appendChild(document.createElement('div'));
    bar.className = 'bar';
    bar.dataset.testid = `probability-${digit}`;
    bar.setAttribute('role', 'meter');
    bar.setAttribute('aria-valuemin', '0');
    bar.setAttribute('aria-valuemax', '1');
    for (const name of ['bar-share', 'bar-track', 'bar-digit']) {
      bar.appendChild(document.createElement('span')).className = name;
    }
    bar.children[1].appendChild(document.createElement('span')).className = 'bar-fill';
    bar.children[2].textContent = String(digit);
  }
  paintBars(list, null);
  return list;
}

/**
 * @param {HTMLElement} list
 * @param {{group: string, bar: (digit: number) => string}} words
 */
export function relabelBars(list, words) {
  list.setAttribute('aria-label', words.group);
  for (const [digit, bar] of [...list.children].entries()) {
    bar.setAttribute('aria-label', words.bar(digit));
  }
}

/**
 * @param {HTMLElement} list
 * @param {ArrayLike<number> | null} probabilities ten of them; null leaves the bars empty
 */
export function paintBars(list, probabilities) {
  let best = -1;
  for (let digit = 0; probabilities && digit < 10; digit += 1) {
    if (best < 0 || probabilities[digit] > probabilities[best]) best = digit;
  }
  const bars = /** @type {HTMLCollectionOf<HTMLElement>} */ (list.children);
  for (const [digit, bar] of [...bars].entries()) {
    const share = probabilities ? probabilities[digit] : 0;
    bar.dataset.value = String(share);
    bar.dataset.best = String(digit === best);
    bar.setAttribute('aria-valuenow', share.toFixed(4));
    bar.setAttribute('aria-valuetext', probabilities ? percent(share, 1) : '–');
    // A digit that is not quite ruled out shows nothing.
    bar.children[0].textContent = share < 0.005 ? '' : percent(share, 0);
    /** @type {HTMLElement} */ (bar.children[1]).style.setProperty('--share', share.toFixed(4));
  }
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
