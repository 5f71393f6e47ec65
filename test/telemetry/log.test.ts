import { Writable } from 'node:stream';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { AndonError, unavailable } from '../../src/errors.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { type Log, makeLog } from '../../src/telemetry/log.ts';
import { outageOf, Repeats } from '../../src/telemetry/outage.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('the log while something is away');

interface Line {
  readonly [field: string]: unknown;
}

function open(counters?: Counters): { readonly log: Log; readonly lines: Line[] } {
  const lines: Line[] = [];
  const out = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { log: makeLog('web', 'info', counters, out), lines };
}

const refused = (): Error => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });

test('a thousand failures of one kind are one short line, and all are counted', () => {
  const counters = new Counters();
  const { log, lines } = open(counters);
  for (let n = 0; n < 1_000; n++) log.error({ error: unavailable('the log', refused()), requestId: n }, 'failed');
  assert.is(lines.length, 1);
  assert.equal(
    [lines[0]?.['outage'], lines[0]?.['requestId'], lines[0]?.['error']],
    ['the log is not available: connect ECONNREFUSED 127.0.0.1:1', 0, undefined],
  );
  assert.match(counters.text(), /andon_alarms_total\{.*failed.*\} 1000/);
});

test('another kind is told at once, and a bug each time with its stack', () => {
  const { log, lines } = open();
  log.warn({ error: unavailable('the log', refused()) }, 'failed');
  log.warn({ error: unavailable('the log', refused()) }, 'the feed stumbled');
  for (let n = 0; n < 3; n++) log.error({ error: new TypeError('x is undefined') }, 'failed');
  assert.is(lines.length, 5);
  for (const { error } of lines.slice(2)) assert.match((error as { stack: string }).stack, /log\.test/);
});

test('what is behind an outage and is none is shown whole', () => {
  const bug = Object.assign(new pg.DatabaseError('no such column', 1, 'error'), { code: '42703', severity: 'ERROR' });
  assert.is(outageOf(unavailable('the log', bug)), undefined);
  assert.is(outageOf(new AndonError('bad_row', 'does not fit')), undefined);
  assert.is(outageOf('away'), undefined);
});

test('a session that was ended, and a connection that broke, are outages', () => {
  const ended = Object.assign(new pg.DatabaseError('terminating connection', 1, 'error'), {
    code: '57P01',
    severity: 'FATAL',
  });
  assert.is(outageOf(unavailable('the log', ended)), 'the log is not available: terminating connection');
  assert.is(outageOf(new Error('Connection terminated unexpectedly')), 'Connection terminated unexpectedly');
});

test('one of a kind in five seconds, with the number of those left out', () => {
  let now = 0;
  const repeats = new Repeats(() => now);
  assert.is(repeats.admit('a'), 0);
  for (now of [1, 1_000, 4_999]) assert.is(repeats.admit('a'), undefined);
  assert.is(repeats.admit('b'), 0);
  now = 5_000;
  assert.is(repeats.admit('a'), 3);
  now = 10_000;
  assert.is(repeats.admit('a'), 0);
});
