import { containerNumber, xlsx } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { expect, test } from 'vitest'
import { digestWorkbook } from './digest-workbook.ts'

const header = ['Номер контейнера', 'Станция операции', 'Операция', 'Дата и время операции', 'Вес груза']
const rowOf = (n: number, weight: number) => [
  containerNumber(n),
  'СЕЛЯТИНО (181102)',
  'Прибытие',
  '02.09.2025 06:30',
  weight,
]
const limits = defaultReadingSettings

async function digestOf(rows: (string | number)[][]) {
  const request = {
    fileName: 'Отчёт.xlsx',
    sourceZone: 'Europe/Moscow',
    terminalZone: 'Asia/Vladivostok',
    receivedAt: new Date('2025-09-02T08:00:00Z'),
    isRoster: false,
    profiles: [],
    limits,
  }
  return digestWorkbook(await xlsx([{ name: 'Отчёт', rows }]), request, () => undefined)
}

test('warns of the row from which on a report is not read, and of none where nothing follows', async () => {
  const blanks = Array.from({ length: 1_001 }, (): string[] => [])
  expect(await digestOf([header, rowOf(1, 20_000), ...blanks, rowOf(2, 20_000), rowOf(3, 20_000)])).toMatchObject({
    rowCount: 1,
    warnings: [{ sheet: 'Отчёт', row: 1_004, column: '', problem: 'rows_left_out' }],
  })
  expect(await digestOf([header, rowOf(1, 20_000), ...blanks])).toMatchObject({ rowCount: 1, warnings: [] })
})

test('does not read tonnes as kilograms, and says so', async () => {
  expect(await digestOf([header, rowOf(1, 20), rowOf(2, 24.5)])).toMatchObject({
    rowCount: 2,
    unknownColumns: ['Вес груза'],
  })
})
