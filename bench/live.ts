/** All parts, or those that are named. */
import { bench } from './_kit/main.ts';
import { live } from './measures/live.ts';

await bench(live(process.argv.slice(2).filter((word) => !word.startsWith('-'))));
