/**
 * Keeps the board's shell: the page and its files, nothing that the server says of orders. With a network the page is
 * always the server's; without one, or while no server answers, the kept one opens and connects when it can. The build
 * fills in what the page is and its files, whose names carry a hash.
 */
const DIGEST = 'DIGEST';
const SHELL = `andon-shell-${DIGEST}`;
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
  await shell.addAll([PAGE, ...FILES]);
  // While a new version comes up, another node may still give the former page: it would miss its files.
  const kept = await shell.match(PAGE);
  if ((await digestOf(await kept.arrayBuffer())) === DIGEST) return;
  await caches.delete(SHELL);
  throw new Error('the page is of another version');
}

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
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
  const patience = new AbortController();
  // Until it begins to answer; how long the page then takes is the line's business.
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request, { signal: patience.signal });
    return answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  } finally {
    clearTimeout(timer);
  }
}

/** Their names carry a hash: what is kept is what is meant. */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}
