// Runs before the first paint: the reader's own choice of theme and language, else those of the system.
(() => {
  const root = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage may be forbidden
    }
  };
  const theme = kept('andon.theme');
  const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'dark' : 'light';
  root.lang = (kept('andon.language') || navigator.language || '').startsWith('ru') ? 'ru' : 'en';
})();
