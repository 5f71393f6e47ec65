import { bench } from './_kit/main.ts';
import { rest } from './measures/edge.ts';

await bench({ rest });
