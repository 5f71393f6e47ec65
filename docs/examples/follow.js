// Follows one order: node docs/examples/follow.js URL TOKEN ORDER [--link], until a price is there or none can be.
import { io } from 'socket.io-client';

const [url, token, order, link] = process.argv.slice(2);
// A guest has no session: it shows the token of a link with the order.
const socket = io(`${url}/storefront`, {
  transports: ['websocket'],
  ...(link ? {} : { auth: { token } }),
});
let last; // the newest version seen

const show = ({ version, status }) => {
  last = version;
  console.log(`version ${version}: ${status}`);
  if (/^PRICE_(CALCULATED|FAILED)$/.test(status)) socket.close();
};

// At the first connection, and again after every loss: whatever was missed comes with the answer, each version once.
socket.on('connect', async () => {
  const since = last === undefined ? {} : { since: last };
  const answer = await socket.emitWithAck('track', { order, ...(link ? { token } : {}), ...since });
  if (!answer.ok) throw new Error(answer.code);
  for (const change of answer.changes ?? []) show(change);
  if (answer.snapshot) show(answer.order);
});
socket.on('order:changed', show);
socket.on('price:progress', ({ position, etaSeconds }) => console.log(`${position} before it, about ${etaSeconds} s`));
socket.on('connect_error', ({ data, message }) => {
  console.error(data?.code ?? message);
  if (data?.code === 'unauthenticated') socket.close(); // a new token is needed
});
socket.on('server:drain', ({ comeBackInMs }) => setTimeout(() => socket.disconnect().connect(), comeBackInMs));
