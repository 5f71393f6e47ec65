import { bench } from './_kit/main.ts';
import { growth } from './measures/big.ts';

await bench({ growth });
