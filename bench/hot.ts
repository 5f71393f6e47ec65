import { bench } from './_kit/main.ts';
import { hot } from './measures/hot.ts';

await bench({ hot });
