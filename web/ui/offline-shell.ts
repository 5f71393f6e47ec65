/** Lets the board open where there is no network. Without it the page works as well, so nothing is said of failures. */
export function keepShell(): void {
  if (!('serviceWorker' in navigator)) return;
  const keep = (): void =>
    void navigator.serviceWorker.register('/offline-worker.js', { scope: '/board' }).catch(() => undefined);
  if (document.readyState === 'complete') keep();
  else addEventListener('load', keep, { once: true });
}
