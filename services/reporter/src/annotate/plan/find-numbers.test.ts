import { containerNumber } from '@atermtrack/testkit'
import { defaultReadingLimits } from '@atermtrack/workbook-reader'
import { expect, test } from 'vitest'
import { findNumbers } from './find-numbers.ts'

const options = { ownSets: [], limits: defaultReadingLimits }

test('finds each number of a cell once, at its row', async () => {
  const [one, two, three] = [1, 2, 3].map(containerNumber)
  const found = await findNumbers(Buffer.from(`Контейнеры\n${one} / ${two} / ${one}\n${three}\n`), options)
  expect(found).toMatchObject({
    kind: 'found',
    sheets: [
      {
        cells: [
          { rowNumber: 2, text: one },
          { rowNumber: 2, text: two },
          { rowNumber: 3, text: three },
        ],
      },
    ],
  })
})

test('refuses a file whose cells hold more numbers than a sheet may have rows', async () => {
  const cell = (row: number) => Array.from({ length: 2_000 }, (_, n) => containerNumber(row * 2_000 + n)).join(' ')
  const rows = Array.from({ length: 101 }, (_, row) => cell(row))
  expect(await findNumbers(Buffer.from(`Контейнеры\n${rows.join('\n')}\n`), options)).toMatchObject({
    kind: 'unreadable',
    reason: 'too_many_rows',
  })
})
