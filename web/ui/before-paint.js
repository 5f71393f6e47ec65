// Runs before the first paint: the reader's own choice of theme, else the system's.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('andon.theme');
  } catch {
    // storage may be forbidden; the system's theme it is
  }
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
