import { expect, test } from 'vitest'
import { toLines, valuesOfLines } from './number-lines.ts'
import type { Note } from './plan.ts'

const columns = [{ kind: 'text' }, { kind: 'decimal' }, { kind: 'dateTime' }, { kind: 'date' }] as const
const known: Note = {
  values: ['в пути', 2.5, '2026-11-22T09:05:00', '2026-11-25T00:00:00'],
  shade: undefined,
}
const unknown: Note = { values: ['не найден'], shade: 'unknown' }
const mistyped: Note = { values: ['опечатка в номере'], shade: 'mistyped' }
const [one, two, slip] = ['MSKU6011672', 'CSQU3054383', 'MSKU601167']

test('each column has a line for each number that it describes', () => {
  const note = toLines(
    [
      { text: one, note: known },
      { text: two, note: unknown },
    ],
    columns,
    'ru',
  )
  expect(note).toEqual({
    values: [`${one}: в пути\n${two}: не найден`, `${one}: 2,5`, `${one}: 22.11.2026 09:05`, `${one}: 25.11.2026`],
    shade: 'unknown',
    isLines: true,
  })
})

test('a row has the colour of the worst finding about its numbers', () => {
  const shades = [known, unknown, mistyped].map(
    (last) =>
      toLines(
        [
          { text: one, note: known },
          { text: slip, note: last },
        ],
        columns,
        'en',
      ).shade,
  )
  expect(shades).toEqual([undefined, 'unknown', 'mistyped'])
})

test.for([
  [`${one}: в пути\n${two}: не найден`, ['в пути', 'не найден']],
  [`${one}: в пути\r\n${two}: не найден`, ['в пути', 'не найден']],
  ['в пути', undefined],
  [5, undefined],
  [undefined, undefined],
] as const)('what stands in %j is known again', ([cell, values]) => {
  expect(valuesOfLines(cell)).toEqual(values)
})
