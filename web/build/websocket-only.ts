import type { Plugin } from 'vite';

const TRANSPORTS = 'engine.io-client/build/esm/transports/index.js';

/**
 * Our lines are WebSockets and nothing else, yet the client brings polling and WebTransport along: a tenth of the first
 * load. A client that keeps its transports elsewhere is built whole.
 */
export const websocketOnly = (): Plugin => ({
  name: 'websocket-only',
  apply: 'build',
  load: {
    filter: { id: new RegExp(TRANSPORTS.replaceAll('.', '\\.')) },
    handler: () => `import { WS } from './websocket.node.js';\nexport const transports = { websocket: WS };`,
  },
});
