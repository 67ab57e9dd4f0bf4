// A classic script in the head, because a module runs after the first paint: without it a person
// who chose dark on a light system sees a white flash. `page/theme.js` takes over from here.
try {
  const chosen = localStorage.getItem('pynn.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // No storage: the system's theme it is.
}
