import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { applyProfile, headerSignature, type ColumnProfile } from './column-profile.ts'

const header: Cell[] = [undefined, 'Конт.', 'Где', 'Что', 'Когда', 'Цвет', undefined]
const profile: ColumnProfile = {
  headerSignature: headerSignature(header),
  columns: { container: 1, operationStation: 2, operation: 3, operatedAt: 4 },
}

test('finds the header that it was defined by, in any case and with other blanks around', () => {
  const spoilt = ['', ' КОНТ ', 'где:', '\ufeffЧто', 'Когда', 'Цвет']
  expect(applyProfile(profile, [['Отчёт'], spoilt])).toEqual({
    headerRow: 2,
    columns: new Map(Object.entries(profile.columns)),
    missing: [],
    unknown: ['Цвет'],
    duplicates: [],
    scales: new Map(),
  })
})

test.each<[string, Cell[][]]>([
  ['columns in another order', [[undefined, 'Где', 'Конт.', 'Что', 'Когда', 'Цвет']]],
  ['another column', [[...header.slice(0, 6), 'Вес']]],
  ['a header below the fifteenth row', [...Array.from({ length: 15 }, () => []), header]],
])('does not fit %s', (_, rows) => {
  expect(applyProfile(profile, rows)).toBeUndefined()
})

test('says which required column has no mapping', () => {
  expect(applyProfile({ ...profile, columns: { container: 1, operation: 3 } }, [header])?.missing).toEqual([
    'Станция операции',
    'Дата и время операции',
  ])
})

test('knows the columns whose headings name another unit than the field has', () => {
  const headings = [...header, 'Вес, т', 'Простой (ч)', 'Остаток, км']
  const columns = { ...profile.columns, weightKg: 7, idleDays: 8, kmLeft: 9 }
  expect(applyProfile({ headerSignature: headerSignature(headings), columns }, [headings])?.scales).toEqual(
    new Map([
      ['weightKg', 1_000],
      ['idleDays', 1 / 24],
    ]),
  )
})

test('survives storage as JSON', () => {
  expect(applyProfile(JSON.parse(JSON.stringify(profile)) as ColumnProfile, [header])?.columns.size).toBe(4)
})
