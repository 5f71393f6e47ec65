import type { Plugin } from 'vite';

const FOLDER = 'engine.io-client/build/esm/transports/';
const INSTEAD: Readonly<Record<string, string>> = {
  'index.js': `import { WS } from './websocket.node.js';\nexport const transports = { websocket: WS };`,
  // Exported to who wants it by name; listens to the page's end on its own, so no bundler may leave it out.
  'polling-xhr.js': 'export class BaseXHR {}\nexport class Request {}\nexport class XHR {}',
};
const FILES = Object.keys(INSTEAD);

/**
 * Our lines are WebSockets and nothing else, yet the client brings polling and WebTransport along: a tenth of the first
 * load. A client that keeps its transports elsewhere is built whole.
 */
export const websocketOnly = (): Plugin => ({
  name: 'websocket-only',
  apply: 'build',
  load: {
    filter: { id: FILES.map((file) => new RegExp(`${FOLDER}${file}$`.replaceAll('.', '\\.'))) },
    handler: (id) => INSTEAD[FILES.find((file) => id.endsWith(`/${file}`)) ?? ''],
  },
});
