import { bench } from './_kit/main.ts';
import { reads } from './measures/big.ts';

await bench({ reads });
