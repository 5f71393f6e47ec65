import { bench } from './_kit/main.ts';
import { page } from './measures/page.ts';

await bench({ page });
