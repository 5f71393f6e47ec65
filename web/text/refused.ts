import { words } from './words.ts';

/** Refusals: what happened, and the one way on. */
export const refusedText = words('refused', {
  stale: (holder: string, since: string, action: string) =>
    `${holder} holds it since ${since}; your “${action}” was not applied`,
  staleFree: (action: string) => `Somebody changed it meanwhile; your “${action}” was not applied`,
  look: 'The card shows how it stands now',
  askHolder: (holder: string) => `Ask ${holder} to hand it over`,
  notHolder: 'You do not hold this order any more',
  wipLimit: (limit: number) => (limit === 1 ? 'Your only slot is full' : `Your ${limit} slots are full`),
  oldest: (digits: string) => `Oldest: ${digits}`,
  oldestFor: (digits: string, number: string) => `Oldest: ${digits}, order ${number}, the one you hold longest`,
  finishOne: 'Complete or release one first',
  offShift: 'You are off shift',
  offShiftWay: 'Start your shift first',
  wrongSkill: 'This material is not among your skills',
  wrongSite: 'This order is made at another site',
  onHold: 'This order is on hold',
  onHoldWay: 'It can go on when the hold is lifted',
  wrongStatus: 'This order has moved on',
  cancelPending: 'A cancellation is being decided',
  cancelPendingWay: 'The parcel waits for the answer',
  quarantined: 'This order is locked for repair',
  quarantinedWay: 'The engineer on call sees it too',
  gone: 'This order is no longer on this board',
  captured: (holder: string) => `${holder} holds it now`,
  capturedWay: 'It has to be free for this',
  handOver: {
    offShift: 'They are off shift now',
    wrongSkill: 'They may not work this material',
    wrongSite: 'They work at another site now',
    holdsIt: 'They hold it already',
    way: 'Choose somebody else',
  },
  nothing: {
    'hand-over': 'This offer no longer stands',
    cancellation: 'The cancellation has been answered',
    hold: 'It is not on hold any more',
    capture: 'Nobody holds it any more',
  } as Readonly<Record<string, string>>,
  nothingElse: 'That has been done already',
  invalid: {
    '/site': 'That site does not make this',
    '/reason': 'This site does not use that reason',
    '/to': 'That person is not an operator here',
  } as Readonly<Record<string, string>>,
});
