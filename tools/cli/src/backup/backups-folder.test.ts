import { expect, test } from 'vitest'
import { chooseOutdated, nameOf } from './backups-folder.ts'

const now = new Date('2026-11-30T02:30:00Z')

/** A backup a day, newest first. */
function daily(days: number) {
  return Array.from({ length: days }, (_, ago) => {
    const createdAt = new Date(now.getTime() - ago * 86_400_000)
    return { name: nameOf(createdAt), createdAt }
  })
}

test.each([
  { count: 3, days: 5, have: 10, stay: 6 },
  { count: 8, days: 5, have: 10, stay: 8 },
  { count: 8, days: 1, have: 4, stay: 4 },
])('of $have daily backups $stay stay with count $count and days $days', ({ count, days, have, stay }) => {
  const backups = daily(have)
  expect(chooseOutdated(backups, { count, days }, now)).toEqual(backups.slice(stay))
})

test('the newest backup stays however old it is', () => {
  const [newest] = daily(1)
  const later = new Date(now.getTime() + 400 * 86_400_000)
  expect(chooseOutdated(newest ? [newest] : [], { count: 0, days: 1 }, later)).toEqual([])
})
