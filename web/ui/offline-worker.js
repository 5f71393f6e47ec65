/**
 * Keeps the board's shell: the page and its files, nothing that the server says of orders. With a network the page is
 * always the server's; without one, or while no server answers, the kept one opens and connects when it can. The build
 * fills in version and files.
 */
const SHELL = `andon-shell-${'VERSION'}`;
const FILES = ['FILES'];
const PAGE = '/board';
const PATIENCE_MS = 4_000;

self.addEventListener('install', (event) => event.waitUntil(keep()));
// Only once no page of the former version is open: it may still load parts of itself.
self.addEventListener('activate', (event) => event.waitUntil(forgetFormer()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(page(request));
  else if (FILES.includes(pathname)) event.respondWith(file(request));
});

async function keep() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES);
}

async function forgetFormer() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('andon-shell-') && name !== SHELL).map((name) => caches.delete(name)),
  );
}

async function page(request) {
  const kept = await caches.match(PAGE);
  if (kept === undefined) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  }
}

/** Their names carry a hash: what is kept is what is meant. */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
