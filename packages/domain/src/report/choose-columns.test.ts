import { expect, test } from 'vitest'
import { moveColumn, presetColumns, presetOf, readColumns, toggleColumn } from './choose-columns.ts'
import { columnsOf, type ReportColumn, reportColumns, usualColumns } from './report-columns.ts'

const spelt: Partial<Record<ReportColumn, string>> = {
  container: 'Контейнер',
  kmLeft: 'Осталось, км',
  forecastDate: 'Прогноз (дата)',
  forecastDays: 'Прогноз (дней)',
  daysLate: 'Опоздание, сут',
  loaded: 'Гружёный',
  station: 'Станция операции',
}
const names = { ...Object.fromEntries(reportColumns.map((name) => [name, name])), ...spelt } as Record<
  ReportColumn,
  string
>
const read = (text: string) => readColumns(text, names)

test('a ready choice is known again, and the usual one is stored as none', () => {
  expect(presetColumns('standard')).toBe(null)
  for (const preset of ['standard', 'print', 'all'] as const) expect(presetOf(presetColumns(preset))).toBe(preset)
  expect(columnsOf(presetColumns('print'))).not.toContain('cargo')
  expect(presetOf(['kmLeft'])).toBe(undefined)
})

test('a column that comes back takes its usual place, or the last one in an order of one’s own', () => {
  const without = toggleColumn(null, 'station')
  expect(without).toEqual(usualColumns.filter((column) => column !== 'station'))
  expect(toggleColumn(without, 'station')).toBe(null)
  expect(toggleColumn(['kmLeft', 'client'], 'station')).toEqual(['container', 'kmLeft', 'client', 'station'])
  expect(toggleColumn(['client', 'kmLeft'], 'station')).toEqual(['container', 'client', 'station', 'kmLeft'])
})

test('the container stays', () => {
  expect(toggleColumn(['kmLeft'], 'container')).toEqual(['container', 'kmLeft'])
  expect(toggleColumn(['container', 'kmLeft'], 'kmLeft')).toEqual(['container'])
})

test('a column moves by one place, and from one end to the other', () => {
  const own = ['container', 'client', 'kmLeft', 'station']
  expect(moveColumn(own, 'kmLeft', 'left')).toEqual(['container', 'kmLeft', 'client', 'station'])
  expect(moveColumn(own, 'kmLeft', 'right')).toEqual(['container', 'client', 'station', 'kmLeft'])
  expect(moveColumn(own, 'client', 'left')).toEqual(['container', 'kmLeft', 'station', 'client'])
  expect(moveColumn(own, 'station', 'right')).toEqual(['container', 'station', 'client', 'kmLeft'])
  expect(moveColumn(own, 'container', 'right')).toEqual(own)
  expect(moveColumn(own, 'wagon', 'left')).toEqual(own)
  expect(moveColumn(moveColumn(null, 'client', 'left'), 'client', 'right')).toBe(null)
})

test('names are read in their order, with commas in them, in any spelling, and by their beginnings', () => {
  expect(read('осталось, км, Контейнер; ПРОГНОЗ (ДАТА)\n4. груженый, Опоздание')).toEqual({
    columns: ['container', 'kmLeft', 'forecastDate', 'loaded', 'daysLate'],
    unknown: [],
  })
  expect(read('Контейнер · Станция').columns).toEqual(['container', 'station'])
})

test('a name that means no column or several is handed back', () => {
  expect(read('цвет, Прогноз, client')).toEqual({ columns: ['container', 'client'], unknown: ['цвет', 'прогноз'] })
  expect(read('цвет')).toEqual({ columns: undefined, unknown: ['цвет'] })
  expect(read(' , ')).toEqual({ columns: undefined, unknown: [] })
})

test('all names of the usual columns give the usual choice', () => {
  expect(read(usualColumns.map((column) => names[column]).join(', ')).columns).toBe(null)
})
