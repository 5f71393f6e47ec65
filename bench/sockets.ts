import { bench } from './_kit/main.ts';
import { sockets } from './measures/edge.ts';

await bench({ sockets });
