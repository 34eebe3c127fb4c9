import { expect, test } from 'vitest'
import { attentionOf } from './attention.ts'

const hoursBefore = (hours: number) => new Date(stampAt.getTime() - hours * 3_600_000)
const stampAt = new Date('2026-06-12T06:00:00Z')
const moving = {
  status: 'en_route' as const,
  operatedAt: hoursBefore(5),
  stampAt,
  missingSince: undefined,
  arrivedAt: undefined,
  norm: { kind: 'unknown' as const },
}
const reasons = (facts: Parameters<typeof attentionOf>[0]) => attentionOf(facts).map(({ reason }) => reason)

test('a moving container in time needs nobody', () => {
  expect(attentionOf(moving)).toEqual([])
})

test('the most urgent reason comes first', () => {
  const dueAt = hoursBefore(30)
  const norm = { kind: 'late' as const, dueAt, days: 2, isFinal: false }
  expect(attentionOf({ ...moving, status: 'abandoned', operatedAt: hoursBefore(80), norm })).toEqual([
    { reason: 'abandoned', since: hoursBefore(80) },
    { reason: 'late', since: dueAt },
  ])
})

test('stuck after three days without an operation, and not a moment before', () => {
  expect(reasons({ ...moving, status: 'standing', operatedAt: hoursBefore(72) })).toEqual([])
  expect(reasons({ ...moving, status: 'standing', operatedAt: hoursBefore(73) })).toEqual(['stuck'])
})

test('arrived and not picked up counts from the arrival, not from the last operation', () => {
  const facts = { ...moving, status: 'at_destination' as const, operatedAt: hoursBefore(2) }
  expect(reasons({ ...facts, arrivedAt: hoursBefore(49) })).toEqual(['not_picked_up'])
  expect(reasons({ ...facts, arrivedAt: hoursBefore(3) })).toEqual([])
})

test('an unloaded container needs nobody, however late it came', () => {
  const norm = { kind: 'late' as const, dueAt: hoursBefore(90), days: 4, isFinal: true }
  expect(attentionOf({ ...moving, status: 'unloaded', norm })).toEqual([])
})

test('a lateness that is a fact already is not urgent', () => {
  const norm = { kind: 'late' as const, dueAt: hoursBefore(90), days: 4, isFinal: true }
  expect(reasons({ ...moving, status: 'at_destination', arrivedAt: hoursBefore(3), norm })).toEqual([])
})
