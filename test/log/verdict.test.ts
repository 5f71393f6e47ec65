import pg from 'pg';
import * as assert from 'uvu/assert';
import { verdictOf } from '../../src/log/verdict.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('what an error says about the rows of a statement');

const fromPostgres = (code: string): Error => {
  const error = new pg.DatabaseError('told by Postgres', 0, 'error');
  error.code = code;
  error.severity = 'ERROR';
  return error;
};

test('not committed: another was first, a lock took too long, the data does not fit', () => {
  const verdicts = { '23505': 'conflict', '55P03': 'lock', '40P01': 'lock', '57014': 'lock' };
  for (const [code, verdict] of Object.entries(verdicts)) assert.is(verdictOf(fromPostgres(code)), verdict, code);
  for (const code of ['22P05', '22P02', '22007', '22003', '23514', '23502', '54000', '54001'])
    assert.is(verdictOf(fromPostgres(code)), 'data', code);
});

test('unknown: everything else', () => {
  for (const code of ['57P01', '57P02', '57P03', '08006', '08P01', '25006', '40003', '42501', '53100', 'XX000'])
    assert.is(verdictOf(fromPostgres(code)), 'unknown', code);
  for (const code of ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', '22P02'])
    assert.is(verdictOf(Object.assign(new Error('from the socket'), { code })), 'unknown', code);
  assert.is(verdictOf(new Error('Connection terminated unexpectedly')), 'unknown');
  assert.is(verdictOf('thrown'), 'unknown');
});
