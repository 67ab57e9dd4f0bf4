/**
 * A new element, for what is painted or filled by hand and not rendered.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {{testid?: string, role?: string}} [names]  for tests, and for those who cannot see it
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className, { testid, role } = {}) {
  const element = document.createElement(tag);
  element.className = className;
  if (testid) element.dataset.testid = testid;
  if (role) element.setAttribute('role', role);
  return element;
}
