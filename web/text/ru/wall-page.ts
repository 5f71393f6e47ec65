/** The Russian words of the wall, loaded only for those who read them. */
import { common } from './common.ts';
import { wall } from './wall.ts';

export const words = { common, wall };
