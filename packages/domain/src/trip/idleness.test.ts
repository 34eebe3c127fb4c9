import { expect, test } from 'vitest'
import type { Status } from './status.ts'
import { idlenessOf, standingMinutes } from './idleness.ts'

test.each<[Status | undefined, string, number | undefined]>([
  ['standing', 'standing', 900],
  ['abandoned', 'standing', 900],
  ['at_origin', 'standing', 900],
  ['at_destination', 'standing', 900],
  ['en_route', 'last_operation', undefined],
  ['unloaded', 'none', undefined],
  [undefined, 'none', undefined],
])('of a container that is %s is said: %s', (status, kind, minutes) => {
  const idleness = idlenessOf(status, 900)
  expect(idleness).toEqual(kind === 'none' ? { kind } : { kind, minutes: 900 })
  expect(standingMinutes(idleness)).toBe(minutes)
})
