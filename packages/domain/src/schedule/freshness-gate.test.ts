import { expect, test } from 'vitest'
import { waitsForDataUntil } from './freshness-gate.ts'

const plannedAt = new Date('2026-11-22T06:00:00Z')
const limits = { plannedAt, staleAfterMinutes: 360, waitMinutes: 30 }

test.for([
  ['fresh data', '2026-11-22T00:00:00Z', '2026-11-22T06:00:00Z', undefined],
  ['old data', '2026-11-21T23:59:59Z', '2026-11-22T06:00:00Z', '2026-11-22T06:30:00Z'],
  ['old data of a late report', '2026-11-21T20:00:00Z', '2026-11-22T06:20:00Z', '2026-11-22T06:30:00Z'],
  ['old data after the wait', '2026-11-21T20:00:00Z', '2026-11-22T06:30:00Z', undefined],
  ['no data at all', undefined, '2026-11-22T06:00:00Z', undefined],
] as const)('%s', ([, heard, now, expected]) => {
  const heardAt = heard === undefined ? undefined : new Date(heard)
  expect(waitsForDataUntil({ ...limits, heardAt, now: new Date(now) })).toEqual(expected && new Date(expected))
})
