/** The part of live that wants half an hour. */
import { bench } from './_kit/main.ts';
import { churn } from './measures/live.ts';

await bench({ churn }, { ANDON_BENCH_CHURN_MINUTES: '30', ...process.env });
