import { expect, test } from 'vitest'
import { arrivalTime, effectiveStamp, guardDislocation, lostAllRows } from './guards.ts'

const receivedAt = new Date('2025-09-02T05:00:00Z')
const sound = {
  missing: [],
  rowCount: 90,
  stamp: receivedAt,
  receivedAt,
  reportedStamp: receivedAt,
  sentAt: null,
  previousRowCounts: [100, 100, 100],
  parties: { named: true, expected: true },
  overrides: [],
}

test.each([
  [{}, undefined],
  [{ missing: ['Операция'] }, { reason: 'missing_columns', reasonDetail: 'Операция' }],
  [{ rowCount: 0 }, { reason: 'no_rows' }],
  [{ rowCount: 0, stamp: new Date('2099-01-01') }, { reason: 'future_stamp' }],
  [{ stamp: new Date('2025-09-02T06:00:00Z') }, undefined],
  [{ stamp: new Date('2025-09-02T06:00:01Z') }, { reason: 'future_stamp' }],
  [{ stamp: new Date('2025-09-03T06:00:00Z'), overrides: ['future_stamp'] }, undefined],
  [{ sentAt: new Date('2025-09-01T05:00:00Z') }, undefined],
  [{ sentAt: new Date('2025-09-01T04:59:59Z') }, { reason: 'future_stamp' }],
  [{ sentAt: new Date('2025-09-01T04:59:59Z'), overrides: ['future_stamp'] }, undefined],
  [{ sentAt: new Date('2025-09-01T04:59:59Z'), reportedStamp: undefined }, undefined],
  // A clock that was never set says nothing.
  [{ sentAt: new Date('1990-01-01T00:00:00Z') }, undefined],
  [{ rowCount: 70 }, undefined],
  [{ rowCount: 69 }, { reason: 'shrunk', reasonDetail: '100' }],
  [{ rowCount: 5, overrides: ['shrunk'] }, undefined],
  [{ rowCount: 5, previousRowCounts: [] }, undefined],
  [{ parties: { named: false, expected: true } }, { reason: 'lost_parties' }],
  [{ parties: { named: false, expected: true }, overrides: ['lost_parties'] }, undefined],
  [{ parties: { named: false, expected: false } }, undefined],
])('a report with %j is doubtful for %j', (fields, doubt) => {
  expect(guardDislocation({ ...sound, ...fields })).toEqual(doubt)
})

test.each([
  ['nothing', undefined, [], '2025-09-02T05:00:00Z'],
  ['a moment', '2025-09-02T03:00:00Z', [], '2025-09-02T03:00:00Z'],
  ['the day of its mail', '2025-09-01T14:00:00Z', [], '2025-09-02T05:00:00Z'],
  ['an earlier day', '2025-08-31T14:00:00Z', [], '2025-08-31T14:00:00Z'],
  ['a past, where only a future would be let pass', '2025-09-02T03:00:00Z', ['future_stamp'], '2025-09-02T03:00:00Z'],
  ['a future that is let pass', '2025-09-03T03:00:00Z', ['future_stamp'], '2025-09-02T05:00:00Z'],
])('a report that tells %s of its time was formed accordingly', (_, stamp, overrides, expected) => {
  const formed = effectiveStamp(stamp === undefined ? undefined : new Date(stamp), {
    arrivedAt: receivedAt,
    zone: 'Asia/Vladivostok',
    overrides,
  })
  expect(formed.toISOString()).toBe(new Date(expected).toISOString())
})

test('rows are lost when there were some and none was understood', () => {
  const lost = [lostAllRows({ rowCount: 0, skippedCount: 3 }), lostAllRows({ rowCount: 1, skippedCount: 3 })]
  expect([...lost, lostAllRows({ rowCount: 0, skippedCount: 0 })]).toEqual([true, false, false])
})

test.each([
  ['mail', '2025-09-01T00:00:00Z', receivedAt],
  ['mail', '2099-01-01T00:00:00Z', receivedAt],
  ['drop_folder', '2025-09-01T00:00:00Z', receivedAt],
  ['telegram', '2025-09-01T00:00:00Z', '2025-09-01T00:00:00Z'],
  ['telegram', '2099-01-01T00:00:00Z', receivedAt],
  ['telegram', undefined, receivedAt],
] as const)('a file from %s that claims to be of %s counts as having come at %s', (origin, sentAt, expected) => {
  const arrival = { origin, sentAt: sentAt === undefined ? null : new Date(sentAt), receivedAt }
  expect(arrivalTime(arrival)).toEqual(new Date(expected))
})
