import * as assert from 'uvu/assert';
import type { You } from '../../gateways/contract/live.ts';
import type { Line } from '../../web/client/line.ts';
import { onYou } from '../../web/client/you.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('what a page is told in person');

test('each notice is heard once, whichever node tells it again', () => {
  const listeners: [string, (message: never) => void][] = [];
  const heard: You[] = [];
  const on: Line['on'] = (event, listener) => {
    listeners.push([event, listener as never]);
    return () => undefined;
  };
  onYou({ on }, (you) => heard.push(you));
  assert.equal(
    listeners.map(([event]) => event),
    ['you'],
  );
  const [, tell] = listeners[0]!;
  const asked: You = { kind: 'cancel_requested', order: 'a', version: 7, deadline: '2026-03-02T08:37:00.000Z' };
  const all: readonly You[] = [
    asked,
    { ...asked, version: 8 },
    { ...asked, order: 'b' },
    { ...asked, kind: 'released' },
  ];
  for (const you of [...all, ...all]) tell(you as never);
  assert.equal(heard, all);
});
