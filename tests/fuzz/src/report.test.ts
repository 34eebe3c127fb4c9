import { expect, test } from 'vitest'
import { formatPhase } from './report.ts'

test('counts the endings of each kind and of all, with their times and reasons', () => {
  const outcomes = [
    { kind: 'csv', ending: 'read', ms: 10 },
    { kind: 'csv', ending: 'refused', reason: 'damaged', ms: 30 },
    { kind: 'eml', ending: 'refused', reason: 'damaged' },
  ] as const
  expect(formatPhase({ title: 'Reading', outcomes, findings: [], notes: ['peak: 1 MB'] }).split('\n')).toEqual([
    '',
    'Reading',
    'kind  inputs  read  refused  p50 ms  p95 ms  max ms',
    'csv        2     1        1      10      30      30',
    'eml        1     0        1       –       –       –',
    'all        3     1        2      10      30      30',
    '',
    '2 × refused: damaged',
    'peak: 1 MB',
  ])
})
