import { describe, expect, test } from 'vitest'
import { decideAlarms, type FeedState } from './decide-alarms.ts'

const zone = 'Asia/Vladivostok'
const settings = { silentMinutes: 360, workHours: { from: 480, until: 1_200, zone }, imapDownMinutes: 15 }
/** Vladivostok is ten hours ahead of UTC. */
const at = (wall: string) => new Date(`${wall}:00+10:00`)
const well = { failingSince: undefined, error: undefined, loginRefused: false }

function state(
  changes: Partial<FeedState> & { readonly lastArrivedAt?: Date; readonly watchedSince?: Date },
): FeedState {
  const { lastArrivedAt, watchedSince = at('2025-09-01T00:00'), ...rest } = changes
  return {
    now: at('2025-09-19T15:00'),
    startedAt: at('2025-09-01T00:00'),
    dislocation: { lastArrivedAt, watchedSince },
    mailbox: well,
    settings,
    raised: new Set(),
    ...rest,
  }
}

function names({ raise, clear }: ReturnType<typeof decideAlarms>) {
  return [...raise.map(({ name }) => `raise ${name}`), ...clear.map(({ name }) => `take back ${name}`)]
}

describe('silence of the railway', () => {
  const raised = new Set(['dislocation-silent'])
  const cases: readonly [string, Parameters<typeof state>[0], readonly string[]][] = [
    ['is not yet, a minute before the time', { lastArrivedAt: at('2025-09-19T09:01') }, []],
    ['is reported when the time is over', { lastArrivedAt: at('2025-09-19T09:00') }, ['raise dislocation-silent']],
    ['is reported once', { lastArrivedAt: at('2025-09-19T09:00'), raised }, []],
    ['is not counted at night', { lastArrivedAt: at('2025-09-18T20:00'), now: at('2025-09-19T13:59') }, []],
    [
      'goes on counting in the morning',
      { lastArrivedAt: at('2025-09-18T19:00'), now: at('2025-09-19T13:00') },
      ['raise dislocation-silent'],
    ],
    ['is not reported at night', { lastArrivedAt: at('2025-09-18T09:00'), now: at('2025-09-18T20:00') }, []],
    ['is over with a report', { lastArrivedAt: at('2025-09-19T14:59'), raised }, ['take back dislocation-silent']],
    [
      'is over also at night',
      { lastArrivedAt: at('2025-09-19T22:00'), now: at('2025-09-19T23:00'), raised },
      ['take back dislocation-silent'],
    ],
    ['is not known of a young system', { watchedSince: at('2025-09-19T12:00') }, []],
    ['is reported when there never was a report', {}, ['raise dislocation-silent']],
    ['is not reported before what came meanwhile was read', { startedAt: at('2025-09-19T14:51') }, []],
    ['is reported once when there never was a report', { raised }, []],
  ]
  test.each(cases)('%s', (_, changes, expected) => {
    expect(names(decideAlarms(state(changes)))).toEqual(expected)
  })
})

describe('the mailbox', () => {
  const lastArrivedAt = at('2025-09-19T14:00')
  const failing = (minutes: number, loginRefused = false) => ({
    failingSince: new Date(at('2025-09-19T15:00').getTime() - minutes * 60_000),
    error: 'connect ECONNREFUSED',
    loginRefused,
  })
  const all = new Set(['mailbox-out-of-reach', 'mail-login-refused'])
  const cases: readonly [string, Partial<FeedState>, readonly string[]][] = [
    ['may be away for a while', { mailbox: failing(14) }, []],
    ['is reported when it stays away', { mailbox: failing(15) }, ['raise mailbox-out-of-reach']],
    ['is reported once', { mailbox: failing(99), raised: all }, []],
    ['is reported at once when it refuses the login', { mailbox: failing(0, true) }, ['raise mail-login-refused']],
    ['is well again', { raised: all }, ['take back mailbox-out-of-reach', 'take back mail-login-refused']],
    ['is not well while another trouble lasts', { mailbox: failing(1), raised: all }, []],
    ['that nobody tried yet is no trouble', { mailbox: undefined, raised: all }, []],
  ]
  test.each(cases)('%s', (_, changes, expected) => {
    expect(names(decideAlarms(state({ lastArrivedAt, ...changes })))).toEqual(expected)
  })
})
