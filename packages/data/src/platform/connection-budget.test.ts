import { expect, test } from 'vitest'
import { planConnections, poolName } from './connection-budget.ts'

const limits = { maxConnections: 100, reserved: 3 }

test('a process counts with its whole pool, once', () => {
  const sessions = [
    { applicationName: poolName('bot', 20, 'aa'), count: 7 },
    { applicationName: poolName('bot', 20, 'bb'), count: 1 },
    { applicationName: poolName('reporter', 5, 'cc'), count: 1 },
    { applicationName: 'psql', count: 2 },
    { applicationName: '', count: 1 },
  ]
  expect(planConnections(limits, sessions)).toEqual({
    allowed: 87,
    wanted: 48,
    pools: { bot: '2 × 20', reporter: '1 × 5' },
    others: 3,
  })
})

test.each(['atermtrack bot many aa', 'atermtrack', 'my atermtrack bot 20 aa'])('%s is somebody else', (name) => {
  expect(planConnections(limits, [{ applicationName: name, count: 1 }])).toMatchObject({ wanted: 1, others: 1 })
})
