// Takes the next free order of a site, makes it and says what came of it: node docs/examples/station.js URL LOGIN PASSWORD SITE
import { connect } from '../../web/client/client.ts';

const [url, login, password, site] = process.argv.slice(2);
const andon = await connect({ url, signIn: { login, password } });
const board = andon.board(site);
board.onState = (state, code) => console.log(`board: ${code ?? state}`);

const send = async (target, type, fields) => {
  const answer = await andon.commands.send({ target, type, fields });
  console.log(`${type}: ${answer.ok ? `version ${answer.version}` : answer.code}`);
  return answer.ok;
};

/** As soon as there is one. */
const nextFree = () =>
  new Promise((resolve) => {
    board.onChange = () => {
      const cards = [...board.picture.places.keys()].map((order) => board.picture.shown(order));
      const free = cards.find((card) => card?.lane === 'new' && card.hold === null);
      if (free) resolve(free);
    };
    board.onChange();
  });

await send({ operator: 'me' }, 'start-shift', {});
const { order, epoch } = await nextFree();
const steps = { capture: epoch, start: epoch + 1, complete: epoch + 1 };
for (const [type, seen] of Object.entries(steps)) if (!(await send({ order }, type, { epoch: seen }))) break;
console.log(`equal to the server's board: ${await board.digest()}`);
andon.close();
