import excel from 'exceljs'
import { describe, expect, test } from 'vitest'
import { annotated, byExceljs, bySheetjs, cellsOf, knownValues, partsOf } from '../packages.test-helper.ts'

const [known, unknown, mistyped] = ['MSKU6011672', 'CSQU3054383', 'MSKU60116O2']
const widthOfTable = 6
const firstNew = widthOfTable + 1

/** A workbook as dispatchers keep them: titles, merges, formulas, filters, formats, several sheets. */
async function aDispatchersWorkbook(): Promise<Buffer> {
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet('Отправки', { views: [{ state: 'frozen', ySplit: 3, xSplit: 2 }] })
  sheet.getCell('A1').value = 'Контейнеры клиента «Ромашка» & Ко'
  sheet.mergeCells('A1:F1')
  sheet.getRow(3).values = ['№', 'Контейнер', 'Цена, ₽', 'Отгружен', 'НДС', 'ИНН']
  for (const column of [1, 2, 3, 4, 5, 6]) {
    sheet.getCell(3, column).font = { bold: true, color: { argb: 'FFFFFFFF' } }
    sheet.getCell(3, column).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E78' } }
  }
  for (const [index, number] of [known, unknown, mistyped, undefined, known].entries()) {
    const row = sheet.getRow(4 + index)
    row.values = [index + 1, number, 1234.5, new Date('2026-11-01T00:00:00Z'), undefined, '0077001234']
    row.getCell(3).numFmt = '# ##0.00 "₽"'
    row.getCell(4).numFmt = 'dd.mm.yyyy'
    row.getCell(5).value = { formula: `C${4 + index}*0.2`, result: 246.9 }
    row.getCell(2).border = { bottom: { style: 'thin' } }
    row.getCell(6).font = { italic: true }
    row.height = 21
  }
  sheet.getCell('C9').value = { formula: 'SUM(C4:C8)', result: 6172.5 }
  sheet.autoFilter = 'A3:F8'
  sheet.getColumn(2).width = 17.5
  sheet.getColumn(6).width = 14
  sheet.getColumn(6).hidden = true
  sheet.addConditionalFormatting({
    ref: 'C4:C8',
    rules: [
      { type: 'cellIs', operator: 'greaterThan', formulae: [1000], priority: 1, style: { font: { bold: true } } },
    ],
  })
  sheet.getCell('A4').dataValidation = { type: 'list', allowBlank: true, formulae: ['"1,2,3"'] }
  const notes = workbook.addWorksheet('Заметки')
  notes.getCell('A1').value = 'Позвонить на терминал'
  const second = workbook.addWorksheet('Архив')
  second.getRow(1).values = ['Контейнер']
  second.getRow(2).values = [known]
  const hidden = workbook.addWorksheet('Скрытый', { state: 'hidden' })
  hidden.getCell('A1').value = known
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** Of a coloured cell all but its colour; exceljs fills in defaults there. */
function shownStyle({ style, numFmt, font, border }: excel.Cell, isColoured: boolean): unknown {
  return isColoured ? [numFmt, font?.italic, border?.bottom] : style
}

describe("a dispatcher's workbook that comes back", async () => {
  const before = await aDispatchersWorkbook()
  const { content, isKept, found } = await annotated(before)

  test('is the same package', () => {
    expect(isKept).toBe(true)
    expect(
      found.kind === 'found' && found.sheets.map(({ name, column, headerRow }) => [name, column, headerRow]),
    ).toEqual([
      ['Отправки', 1, 3],
      ['Архив', 0, 1],
    ])
  })

  test('holds the statuses beside the numbers, typed and below their headings', async () => {
    const sheet = (await byExceljs(content)).getWorksheet('Отправки')!
    const row = (number: number) => [0, 1, 2, 3, 4].map((n) => sheet.getCell(number, firstNew + n).value)
    expect(row(3)).toEqual(['Состояние', 'Осталось, км', 'Время операции (МСК)', 'Прогноз', 'Простой (ч)'])
    expect(row(4)).toEqual(knownValues)
    expect(row(8)).toEqual(knownValues)
    expect(row(5)).toEqual(['не найден', null, null, null, null])
    expect(row(6)).toEqual(['опечатка <&> в номере', null, null, null, null])
    expect(row(7)).toEqual([null, null, null, null, null])
    expect([0, 1, 2, 3, 4].map((n) => sheet.getCell(4, firstNew + n).numFmt)).toEqual([
      '@',
      '0',
      'dd.mm.yyyy hh:mm',
      'dd.mm.yyyy',
      '0.0',
    ])
  })

  test('has headings like the one beside them, and cells like that of the number', async () => {
    const sheet = (await byExceljs(content)).getWorksheet('Отправки')!
    expect(sheet.getCell(3, firstNew).style).toEqual(sheet.getCell(3, widthOfTable).style)
    expect(sheet.getCell(4, firstNew).border).toEqual(sheet.getCell(4, 2).border)
    expect(sheet.getColumn(firstNew).width).toBe(20)
    expect(sheet.getColumn(firstNew).hidden).toBe(false)
  })

  test('colours the rows of unknown numbers, and mistyped ones in another colour', async () => {
    const sheet = (await byExceljs(content)).getWorksheet('Отправки')!
    const colour = (row: number, column: number) => {
      const { fill } = sheet.getCell(row, column)
      return fill?.type === 'pattern' ? fill.fgColor?.argb : undefined
    }
    const colours = (row: number) => new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((column) => colour(row, column)))
    expect([4, 5, 6, 7, 8].map((row) => [...colours(row)])).toEqual([
      [undefined],
      ['FFFFF0C2'],
      ['FFF9D5D3'],
      [undefined],
      [undefined],
    ])
  })

  test('keeps every value, formula and format for exceljs', async () => {
    const [old, fresh] = [await byExceljs(before), await byExceljs(content)]
    expect(fresh.worksheets.map(({ name, state }) => [name, state])).toEqual(
      old.worksheets.map(({ name, state }) => [name, state]),
    )
    for (const sheet of old.worksheets) {
      const same = fresh.getWorksheet(sheet.name)!
      sheet.eachRow((row, number) => {
        expect(same.getRow(number).height).toBe(row.height)
        row.eachCell({ includeEmpty: true }, (cell, column) => {
          const kept = same.getCell(number, column)
          const isColoured = sheet.name === 'Отправки' && [5, 6].includes(number)
          expect(kept.value).toEqual(cell.value)
          expect(shownStyle(kept, isColoured)).toEqual(shownStyle(cell, isColoured))
        })
      })
      expect(same.views).toEqual(sheet.views)
      expect(same.model.merges).toEqual(sheet.model.merges)
      expect(same.getCell('A4').dataValidation).toEqual(sheet.getCell('A4').dataValidation)
    }
    const widths = (it: excel.Workbook) =>
      [1, 2, 3, 4, 5, 6]
        .map((n) => it.getWorksheet('Отправки')!.getColumn(n))
        .map(({ width, hidden }) => [width, hidden])
    expect(widths(fresh)).toEqual(widths(old))
  })

  test('filters and sorts the statuses with the rows that they belong to', async () => {
    expect((await byExceljs(content)).getWorksheet('Отправки')!.autoFilter).toBe('A3:K8')
  })

  test('keeps every cell for SheetJS', () => {
    const [old, fresh] = [bySheetjs(before), bySheetjs(content)]
    expect(fresh.SheetNames).toEqual(old.SheetNames)
    for (const name of old.SheetNames) expect(cellsOf(fresh, name)).toMatchObject(cellsOf(old, name))
    expect(fresh.Sheets['Отправки']!['!ref']).toBe('A1:K9')
  })

  test('keeps the bytes of all parts but the styles, the two sheets and the part that names them', async () => {
    const [old, fresh] = [await partsOf(before), await partsOf(content)]
    expect([...fresh.keys()]).toEqual([...old.keys()])
    const changed = [...old].filter(([path, bytes]) => !fresh.get(path)!.equals(bytes)).map(([path]) => path)
    expect(changed.toSorted()).toEqual([
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet3.xml',
    ])
  })

  test('takes the statuses in the same place when it is sent again', async () => {
    const again = await annotated(content)
    const sheet = (await byExceljs(again.content)).getWorksheet('Отправки')!
    expect(sheet.columnCount).toBe(widthOfTable + 5)
    expect(cellsOf(bySheetjs(again.content), 'Отправки')).toEqual(cellsOf(bySheetjs(content), 'Отправки'))
  })
})
