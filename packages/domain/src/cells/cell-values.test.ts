import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import {
  cellDecimal,
  cellIdentifier,
  cellIdleMinutes,
  cellInteger,
  cellText,
  cellWallTime,
  cellYesNo,
  unreadable,
} from './cell-values.ts'
import type { WallTime } from '../values/wall-time.ts'

const date: Cell = { kind: 'date', wall: '2025-09-02T08:00:30' as WallTime }
const failed: Cell = { kind: 'error', code: '#N/A' }
const readers = { cellDecimal, cellIdentifier, cellIdleMinutes, cellInteger, cellText, cellWallTime, cellYesNo }

test.each(Object.entries(readers))('%s reads a blank cell and an error value as nothing', (_, read) => {
  for (const cell of [undefined, failed, '', ' \u00a0\n', 'NaN', '#Н/Д', Number.NaN]) expect(read(cell)).toBeUndefined()
})

test.each(Object.entries(readers))('%s copes with any text', (_, read) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => read(text)).not.toThrow()
    }),
  )
})

describe('cellText', () => {
  test.each<[Cell, string | undefined]>([
    ['  УГЛОВАЯ\u00a0 (982206)\n', 'УГЛОВАЯ (982206)'],
    ['\ufeffАО\u200b "Тихий\tБерег"', 'АО "Тихий Берег"'],
    ['a\u0000b\ud800c', 'abc'],
    ['a\u0007b', 'a b'],
    ['-', undefined],
    [58955428, '58955428'],
    [12.5, '12.5'],
    [0.1 + 0.2, '0.3'],
    [1e-7, '0.0000001'],
    [1e21, '1000000000000000000000'],
    [true, 'true'],
    [date, '02.09.2025 08:00'],
  ])('reads %j as %j', (cell, text) => {
    expect(cellText(cell)).toBe(text)
  })

  test('leaves nothing that PostgreSQL would refuse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cellText(text) ?? ''
        expect(clean).not.toMatch(/[\0\p{Cs}]/u)
        expect(cellText(clean) ?? '').toBe(clean)
      }),
    )
  })
})

describe('cellIdentifier', () => {
  test.each<[Cell, unknown]>([
    ['58955428.0', '58955428'],
    ['58955428,00', '58955428'],
    ['5895 5428', '58955428'],
    ['00112233', '00112233'],
    [94123456, '94123456'],
    ['ЭФ038927', 'ЭФ038927'],
    ['9.4E+10', unreadable],
    [9.4e20, unreadable],
    [1.5, unreadable],
    [-1, unreadable],
    [true, unreadable],
    [date, unreadable],
  ])('reads %j as %j', (cell, identifier) => {
    expect(cellIdentifier(cell)).toBe(identifier)
  })
})

describe('cellDecimal and cellInteger', () => {
  test.each<[Cell, unknown, unknown]>([
    ['123.0', 123, 123],
    ['1 234', 1234, 1234],
    ['1\u00a0234,5', 1234.5, 1235],
    ['12,5', 12.5, 13],
    ['1.234,5', 1234.5, 1235],
    ['1,234.5', 1234.5, 1235],
    ['−5', -5, -5],
    [9230, 9230, 9230],
    ['9 км', unreadable, unreadable],
    ['1.2.3', unreadable, unreadable],
    [false, unreadable, unreadable],
    [date, unreadable, unreadable],
  ])('read %j as %j and %j', (cell, decimal, integer) => {
    expect(cellDecimal(cell)).toBe(decimal)
    expect(cellInteger(cell)).toBe(integer)
  })
})

describe('cellWallTime', () => {
  test.each<[Cell, unknown]>([
    ['02.09.2025 08:00', '2025-09-02T08:00:00'],
    ['2.9.2025 8:05:07', '2025-09-02T08:05:07'],
    ['02.09.2025, 08:00', '2025-09-02T08:00:00'],
    ['02.09.25', '2025-09-02T00:00:00'],
    ['2025-09-02', '2025-09-02T00:00:00'],
    ['2025-02-09T08:00:01.250', '2025-02-09T08:00:01'],
    ['2025-09-02T08:00:00Z', unreadable],
    ['29.02.2024', '2024-02-29T00:00:00'],
    ['29.02.2025', unreadable],
    ['02.13.2025', unreadable],
    ['02.09.2025 24:00', unreadable],
    ['02.09.0025', unreadable],
    ['02.09.2525', unreadable],
    ['02.09.2025 08:60', unreadable],
    ['02.09.2025 08:00:61', unreadable],
    ['вчера', unreadable],
    [45912.22013888889, '2025-09-12T05:17:00'],
    ['45912,22013888889', '2025-09-12T05:17:00'],
    [45918, '2025-09-18T00:00:00'],
    [17, unreadable],
    [90_000, unreadable],
    [true, unreadable],
    [date, '2025-09-02T08:00:30'],
  ])('reads %j as %j', (cell, wall) => {
    expect(cellWallTime(cell)).toBe(wall)
  })

  test('never swaps the day and the month, in whichever order the text has them', () => {
    const dates = fc.date({ min: new Date('2000-01-01Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
    fc.assert(
      fc.property(dates, (moment) => {
        const iso = moment.toISOString().slice(0, 19)
        const russian = `${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)} ${iso.slice(11)}`
        expect([cellWallTime(iso), cellWallTime(iso.replace('T', ' ')), cellWallTime(russian)]).toEqual([iso, iso, iso])
        expect(cellWallTime((Date.parse(`${iso}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000)).toBe(iso)
      }),
    )
  })
})

test.each<[Cell, unknown]>([
  ['0: 15: 18', 918],
  ['2:0:5', 2885],
  ['0: 24: 00', unreadable],
  ['0: 1: 60', unreadable],
  ['0.28', unreadable],
])('cellIdleMinutes reads %j as %j', (cell, minutes) => {
  expect(cellIdleMinutes(cell)).toBe(minutes)
})

test.each<[Cell, unknown]>([
  ['1', true],
  ['Да', true],
  ['+', true],
  [1, true],
  [true, true],
  ['нет', false],
  ['−', false],
  [0, false],
  ['может быть', unreadable],
  [2, unreadable],
  [date, unreadable],
])('cellYesNo reads %j as %j', (cell, answer) => {
  expect(cellYesNo(cell)).toBe(answer)
})
