import { expect, test } from 'vitest'
import { decideStorage } from './decide-storage.ts'

const names = (alarms: readonly { readonly name: string }[]) => alarms.map(({ name }) => name)

test('a level that wavers raises one alarm, which ends well below', () => {
  let raised = new Set<string>()
  const reported: string[] = []
  for (const used of [10, 79, 80, 81, 79, 85, 76, 80, 75, 74, 78, 80]) {
    const { raise, clear } = decideStorage({ database: { used, limit: 100 }, disk: undefined, raised })
    reported.push(...names(raise).map(() => `full at ${used}`), ...names(clear).map(() => `well at ${used}`))
    raised = new Set([...raised, ...names(raise)].filter((name) => !names(clear).includes(name)))
  }
  expect(reported).toEqual(['full at 80', 'well at 74', 'full at 80'])
})

test('the disk is an alarm of its own, and none where it cannot be seen', () => {
  const database = { used: 1, limit: 100 }
  const full = decideStorage({ database, disk: { used: 95, limit: 100 }, raised: new Set() })
  expect(names(full.raise)).toEqual(['disk-nearly-full'])
  const unseen = decideStorage({ database, disk: undefined, raised: new Set(['disk-nearly-full']) })
  expect(unseen).toEqual({ raise: [], clear: [] })
})
