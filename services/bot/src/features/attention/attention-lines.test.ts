import type { AttentionEntry } from '@atermtrack/data'
import { expect, test } from 'vitest'
import { groupOf, isGroup, linesOf } from './attention-lines.ts'

interface Given {
  readonly train?: string | null
  readonly station?: string
  readonly reason?: string
  readonly takenBy?: number
}

function anEntry(container: string, { train = '1640', station = 'ЧИТА I', reason = 'abandoned', takenBy }: Given = {}) {
  return {
    container,
    tripId: 1,
    position: { container, trainNumber: train, trainIndex: null, station: { name: station, code: null } },
    facts: { status: 'abandoned' },
    attention: [{ reason, since: undefined }],
    mark: takenBy === undefined ? undefined : { takenBy, laterUntil: null, hiddenState: null, note: null },
    isShown: true,
  } as unknown as AttentionEntry
}

const namesOf = (entries: readonly AttentionEntry[]) =>
  linesOf(entries).map((line) => (isGroup(line) ? line.entries.map(({ container }) => container) : line.container))

test('containers of one train with the same reasons are one line, in the place of the first', () => {
  const entries = [anEntry('A'), anEntry('X', { train: null }), anEntry('B'), anEntry('C')]
  expect(namesOf(entries)).toEqual([['A', 'B', 'C'], 'X'])
  expect(linesOf(entries)[0]).toMatchObject({ train: '1640', first: { container: 'A' } })
  expect(groupOf(entries, 'C')?.entries).toHaveLength(3)
  expect(groupOf(entries, 'X')).toBeUndefined()
})

test('two of a train are named one by one', () => {
  expect(namesOf([anEntry('A'), anEntry('B')])).toEqual(['A', 'B'])
})

test.each<[string, Given]>([
  ['another train', { train: '1641' }],
  ['another station', { station: 'МОГОЧА' }],
  ['another reason', { reason: 'stuck' }],
  ['somebody who has taken it', { takenBy: 7 }],
])('%s keeps a container out of the line', (_, given) => {
  const entries = [anEntry('A'), anEntry('B'), anEntry('C'), anEntry('D', given)]
  expect(namesOf(entries)).toEqual([['A', 'B', 'C'], 'D'])
})
