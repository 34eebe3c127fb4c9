import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { bigDislocation } from './big-dislocation.ts'
import { CURRENT_COLUMNS, LEGACY_COLUMNS } from './dislocation-columns.ts'
import { aDislocationRow, aDislocationWorkbook } from './dislocation-workbook.ts'
import { aTerminalDispatch, aTerminalReport, aTerminalVisit } from './terminal-report.ts'
import { aRosterEntry, aTrainRoster } from './train-roster.ts'
import { xlsx } from './xlsx.ts'

// Takes up to 5 s: reads workbooks of full size.

async function read(content: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(content as never)
  return workbook
}

function rowOf(workbook: ExcelJS.Workbook, sheet: number, row: number): readonly unknown[] {
  return (workbook.worksheets[sheet]!.getRow(row).values as unknown[]).slice(1)
}

test('every kind of cell is read back by exceljs', async () => {
  const text = ' Причал & Компас <"Импорт">\n=1+1 '
  const rows = [
    [text, 12.5, true, { kind: 'date', wall: '2025-09-02T08:15:00' }, undefined, { kind: 'error', code: '#N/A' }],
  ] as never
  const workbook = await read(await xlsx([{ name: 'Лист & один', rows }]))
  expect(workbook.worksheets[0]!.name).toBe('Лист & один')
  expect(rowOf(workbook, 0, 1)).toEqual([
    text,
    12.5,
    true,
    new Date('2025-09-02T08:15:00Z'),
    undefined,
    { error: '#N/A' },
  ])
})

test('a dislocation workbook holds three titles, the header on line 4, and the rows', async () => {
  const rows = [aDislocationRow({ 'Номер вагона': '52275476' }), aDislocationRow({ 'Расстояние оставшееся': '1 234' })]
  const workbook = await read(await aDislocationWorkbook({ rows, stamp: new Date('2025-09-02T15:00:00Z') }))
  expect(rowOf(workbook, 0, 2)).toEqual(['Сформирован: 02.09.2025 18:00 (МСК)'])
  expect(rowOf(workbook, 0, 4)).toEqual([...CURRENT_COLUMNS])
  expect(rowOf(workbook, 0, 5)[CURRENT_COLUMNS.indexOf('Номер вагона')]).toBe('52275476')
  expect(rowOf(workbook, 0, 6)[CURRENT_COLUMNS.indexOf('Расстояние оставшееся')]).toBe('1 234')
})

test('a dislocation workbook takes the old shape, other columns and other titles', async () => {
  const rows = [aDislocationRow({ Причуда: 'да' })]
  const legacy = await read(await aDislocationWorkbook({ rows, shape: 'legacy10' }))
  expect(rowOf(legacy, 0, 4)).toEqual([...LEGACY_COLUMNS])
  const odd = await read(
    await aDislocationWorkbook({ rows, columns: ['Операция', 'Причуда', 'Номер контейнера'], titleLines: [] }),
  )
  expect(rowOf(odd, 0, 2).slice(0, 2)).toEqual(['Отправление вагона со станции (2)', 'да'])
})

test('a terminal report sorts its visits into six sheets and counts them in the names', async () => {
  const visits = [
    aTerminalVisit(),
    aTerminalVisit({ size: '20 DC', cargo: 'Порожний', regime: 'импорт' }),
    aTerminalVisit({ dispatch: aTerminalDispatch() }),
  ]
  const workbook = await read(await aTerminalReport({ visits }))
  expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
    'Arrival (3 - 5 TEU)',
    'Dispatch (1 - 2 TEU)',
    'Empty (1 - 1 TEU)',
    'Damaged (0 - 0 TEU)',
    'Loaded (1 - 2 TEU)',
    'Customs (1 - 1 TEU)',
  ])
  expect(rowOf(workbook, 1, 1)).toHaveLength(36)
  expect(rowOf(workbook, 1, 2)[27]).toEqual(new Date('2025-09-01T22:00:00Z'))
  const dump = await read(await aTerminalReport({ visits, shape: 'dump' }))
  expect(dump.worksheets.map((sheet) => sheet.name)).toEqual(['Containers (3 - 5 TEU)'])
  expect(rowOf(dump, 0, 1)[21]).toBe('Принят')
})

test('a roster names the client in column L', async () => {
  const workbook = await read(await aTrainRoster({ entries: [aRosterEntry({ client: 'АО "Янтарный Берег"' })] }))
  expect(workbook.worksheets[0]!.getCell('L2').value).toBe('АО "Янтарный Берег"')
})

test('a big dislocation has exactly the rows asked for, each of another container, and the same bytes each time', async () => {
  const content = await bigDislocation({ rows: 1_000, seed: 7 })
  const sheet = (await read(content)).worksheets[0]!
  expect(sheet.rowCount).toBe(1_004)
  const numbers = (sheet.getColumn(1).values as unknown[]).slice(5).filter((value) => value !== undefined)
  expect(numbers.length).toBeGreaterThanOrEqual(998)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(content.equals(await bigDislocation({ rows: 1_000, seed: 7 }))).toBe(true)
  expect(content.equals(await bigDislocation({ rows: 1_000, seed: 8 }))).toBe(false)
})
