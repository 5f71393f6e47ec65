/** An upload as a process of its own, which dies in the moment that is asked for. */
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { openPool } from '../../src/log/connect.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { shelfOf } from './shelf.ts';
import { inPieces } from './sources.ts';

const { URL_OF_MODELS = '', DIR = '', DIES = '' } = process.env;

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

/** Before the store has it, or before the row has. */
class DeadlyStore extends DirectoryStore {
  override async put(sha256: string, from: string): Promise<void> {
    if (DIES === 'before-store') await die();
    await super.put(sha256, from);
    if (DIES === 'before-row') await die();
  }
}

const pool = openPool({ url: URL_OF_MODELS, name: 'test upload', max: 2 });
const models = shelfOf(pool, DIR, { store: new DeadlyStore(`${DIR}/store`) });
const source = inPieces(binaryStl(box()));
const { model } = await models.put({ tenant: 'house', owner: 'ann', name: 'box.stl', key: 'k', source });
process.send?.(model.state, () => die());
