import { expect, test } from 'vitest'
import { parseDeclaredRoster } from './declared-roster.ts'

test('a declaration is read back as it was stored', () => {
  const sentAt = new Date('2025-09-01T05:00:00Z')
  const declared = { kind: 'train_roster', trainCode: 'К25-101', destination: 'Селятино', sentAt }
  expect(parseDeclaredRoster(JSON.parse(JSON.stringify(declared)))).toEqual(declared)
  expect(parseDeclaredRoster({ kind: 'train_roster', trainCode: 'k25101' })).toEqual({
    kind: 'train_roster',
    trainCode: 'К25-101',
    destination: undefined,
    sentAt: undefined,
  })
})

test.each([
  null,
  'train_roster',
  {},
  { kind: 'dislocation', trainCode: 'К25-101' },
  { kind: 'train_roster', trainCode: '101' },
  { kind: 'train_roster', trainCode: 'К25-101', sentAt: 'вчера' },
])('%j is no declaration', (stored) => {
  expect(parseDeclaredRoster(stored)).toBeUndefined()
})
