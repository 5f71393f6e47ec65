import { bench } from './_kit/main.ts';
import { turn } from './measures/turn.ts';

await bench({ turn });
