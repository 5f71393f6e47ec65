/** Staff that reads. */
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import type { Signee } from './sessions.ts';

export const SUPERVISOR: Signee = { id: uuid5(NAMESPACE.duty, 'bench supervisor'), role: 'supervisor', site: 'north' };
