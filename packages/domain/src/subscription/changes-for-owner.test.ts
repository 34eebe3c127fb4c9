import { expect, test } from 'vitest'
import { addChange, type ChangedSubscription } from './changes-for-owner.ts'

const list: ChangedSubscription = { subscriptionId: 1, name: 'List', changes: ['times', 'paused'] }
const other: ChangedSubscription = { subscriptionId: 2, name: 'Other', changes: ['name'] }

test('changes of a subscription are said once, with its newest name', () => {
  const added = addChange([list, other], { subscriptionId: 1, name: 'New', changes: ['name', 'times'] })
  expect(added).toEqual([{ subscriptionId: 1, name: 'New', changes: ['times', 'paused', 'name'] }, other])
})

test('another subscription comes after those before', () => {
  expect(addChange([list], other)).toEqual([list, other])
})

test.each([
  ['paused', 'resumed'],
  ['resumed', 'paused'],
  ['removed', 'restored'],
  ['restored', 'removed'],
] as const)('of %s and then %s the later one stays', (before, after) => {
  const known = [{ ...other, changes: ['name', before] as const }]
  expect(addChange(known, { ...other, changes: [after] })).toEqual([{ ...other, changes: ['name', after] }])
})
