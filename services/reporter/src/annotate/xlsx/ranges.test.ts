import { describe, expect, test } from 'vitest'
import {
  aPackage,
  annotated,
  cellsOf,
  bySheetjs,
  partsOf,
  relationshipsXml,
  sheetXml,
  textCell,
} from '../packages.test-helper.ts'

const known = 'MSKU6011672'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const sheetPath = 'xl/worksheets/sheet1.xml'
const tablePath = 'xl/tables/table1.xml'
const workbookPath = 'xl/workbook.xml'
const headings =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>Контейнер</t></is></c><c r="B1" t="inlineStr"><is><t>Состояние</t></is></c></row>'
const rows = `${headings}<row r="2">${textCell(known, ' r="A2"')}${textCell('мой', ' r="B2"')}</row>`

async function textOf(content: Buffer, path: string): Promise<string> {
  return String((await partsOf(content)).get(path))
}

describe('the filter of a sheet', () => {
  const filter = (ref: string) => `<autoFilter ref="${ref}"><filterColumn colId="1"/></autoFilter>`
  const views = `<customSheetViews><customSheetView guid="{0}">${filter('A1:B2')}</customSheetView></customSheetViews>`

  test('is widened over the new columns, with its hidden name and the area that is printed', async () => {
    const names =
      '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'Лист1\'!$A$1:$B$2</definedName>' +
      '<definedName name="_xlnm.Print_Area" localSheetId="0">Лист1!$A$1:$B$2</definedName>'
    const workbook = (await textOf(await aPackage({ sheet: '' }), workbookPath)).replace(
      '</workbook>',
      `<definedNames>${names}</definedNames></workbook>`,
    )
    const { content } = await annotated(
      await aPackage({ sheet: sheetXml(rows, { after: filter('A1:B2') + views }), workbook }),
    )
    const sheet = await textOf(content, sheetPath)
    expect(sheet).toContain('<autoFilter ref="A1:G2"><filterColumn colId="1"/></autoFilter>')
    expect(sheet).toContain(views)
    const shown = await textOf(content, workbookPath)
    expect(shown).toContain(`'Лист1'!$A$1:$G$2</definedName>`)
    expect(shown).toContain('Print_Area" localSheetId="0">Лист1!$A$1:$G$2<')
  })

  test.each([
    ['of other columns', 'B1:B2'],
    ['of other rows', 'A5:B9'],
    ['that a saved view has alone', ''],
  ])('%s stays', async (_, ref) => {
    const after = (ref === '' ? '' : filter(ref)) + views
    const { content } = await annotated(await aPackage({ sheet: sheetXml(rows, { after }) }))
    expect(await textOf(content, sheetPath)).toContain(after)
  })
})

describe('a table that people have made of their list', () => {
  const columns =
    '<tableColumn id="1" name="Контейнер"/><tableColumn id="7" name="Состояние"><calculatedColumnFormula>1</calculatedColumnFormula></tableColumn>'

  async function withTable({ ref = 'A1:B2', attributes = '', sheet = rows, columns: list = columns } = {}) {
    const table = `<table ${main} id="1" name="Т" displayName="Т" ref="${ref}"${attributes}><autoFilter ref="${ref}"/><tableColumns count="2">${list}</tableColumns></table>`
    const relationships = relationshipsXml([['rId1', 'table', '../tables/table1.xml']])
    const extra = { [tablePath]: table, 'xl/worksheets/_rels/sheet1.xml.rels': relationships }
    const after = '<tableParts count="1"><tablePart r:id="rId1" xmlns:r="x"/></tableParts>'
    return { table, before: await aPackage({ sheet: sheetXml(sheet, { after }), extra }) }
  }

  test('takes the new columns, each with a number and a heading of its own', async () => {
    const { before } = await withTable()
    const { content, isKept } = await annotated(before)
    expect(isKept).toBe(true)
    const table = await textOf(content, tablePath)
    expect(table).toContain('displayName="Т" ref="A1:G2"><autoFilter ref="A1:G2"/><tableColumns count="7">')
    expect(table).toContain(
      `${columns}<tableColumn id="8" name="Состояние2"/><tableColumn id="9" name="Осталось, км"/>`,
    )
    expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({ C1: { v: 'Состояние2' }, C2: { v: 'в пути' } })
  })

  test('has them once, however often it is sent', async () => {
    const once = (await annotated((await withTable()).before)).content
    const twice = (await annotated(once)).content
    expect(await textOf(twice, tablePath)).toBe(await textOf(once, tablePath))
    expect(cellsOf(bySheetjs(twice), 'Лист1')).toEqual(cellsOf(bySheetjs(once), 'Лист1'))
  })

  test('says where the headings are, though a title speaks of containers', async () => {
    const [title, heading, row] = [['Контейнеры на неделю'], ['Контейнер', 'Состояние'], [known, 'мой']].map(
      (texts, place) => {
        const number = [1, 3, 4][place]
        const cells = texts.map((text, column) => textCell(text, ` r="${'AB'.charAt(column)}${number}"`))
        return `<row r="${number}">${cells.join('')}</row>`
      },
    )
    const { before } = await withTable({ ref: 'A3:B4', sheet: `${title}${heading}${row}` })
    const { content } = await annotated(before)
    expect(await textOf(content, tablePath)).toContain('ref="A3:G4"')
  })

  test.each([
    ['of a query', { attributes: ' tableType="queryTable"' }],
    ['without headings', { attributes: ' headerRowCount="0"' }],
    ['that something stands beside', { ref: 'A1:A2', columns: '<tableColumn id="1" name="Контейнер"/>' }],
    ['whose columns are not given', { columns: '' }],
  ])('%s stays, and the columns stand beside it', async (_, odd) => {
    const { before, table } = await withTable(odd)
    const { content } = await annotated(before)
    expect(await textOf(content, tablePath)).toBe(table)
    expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({ C1: { v: 'Состояние' }, C2: { v: 'в пути' } })
  })
})

test('formulas that people have put into our columns go, and with them the list of formulas that Excel keeps', async () => {
  const once = (await annotated(await aPackage({ sheet: sheetXml(rows) }))).content
  const parts = await partsOf(once)
  const sheet = String(parts.get(sheetPath)).replace(/<c r="D2".*?<\/c>/, '<c r="D2"><f>1+1</f><v>2</v></c>')
  const list = '<calcChain><c r="D2" i="1"/></calcChain>'
  const extra = Object.fromEntries(
    [...parts, [sheetPath, sheet], ['xl/calcChain.xml', list]].map(([path, body]) => [path, String(body)]),
  )
  extra['xl/_rels/workbook.xml.rels'] = String(parts.get('xl/_rels/workbook.xml.rels')).replace(
    '</Relationships>',
    '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>',
  )
  extra['[Content_Types].xml'] = String(parts.get('[Content_Types].xml')).replace(
    '</Types>',
    '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
  )
  const { content, isKept } = await annotated(await aPackage({ sheet, extra }))
  expect(isKept).toBe(true)
  const after = await partsOf(content)
  expect(after.has('xl/calcChain.xml')).toBe(false)
  expect(String(after.get('xl/_rels/workbook.xml.rels'))).not.toContain('calcChain')
  expect(String(after.get('[Content_Types].xml'))).not.toContain('calcChain')
  expect(String(after.get(sheetPath))).not.toContain('<f>')
})

test('columns keep the look of the blank ones that they are put into', async () => {
  const before =
    '<cols><col min="1" max="2" width="9"/><col min="3" max="16384" width="9" style="0" collapsed="1" hidden="1"/></cols>'
  const { content } = await annotated(await aPackage({ sheet: sheetXml(rows, { before }) }))
  expect(await textOf(content, sheetPath)).toContain(
    '<col min="3" max="3" width="20" customWidth="1" style="0" collapsed="1"/>',
  )
})

test('formulas of rules and extensions below the rows are not taken for cells', async () => {
  const last = '<row r="9"><c r="XFD9" s="0"/></row>'
  const after = '<extLst><ext xmlns:x="x"><x:rule><xm:f xmlns:xm="y">A1</xm:f></x:rule></ext></extLst>'
  const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows + last, { after }) }))
  expect(isKept).toBe(true)
  expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({ C2: { v: 'в пути' } })
})

test('a protected sheet stays protected, with the new columns in it', async () => {
  const after = '<sheetProtection sheet="1" objects="1" password="CC1A"/>'
  const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows, { after }) }))
  expect(isKept).toBe(true)
  expect(await textOf(content, sheetPath)).toContain(`</sheetData>${after}`)
  expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({ C2: { v: 'в пути' } })
})

test('tables one above the other take the columns each, with headings of its own', async () => {
  const columns = '<tableColumn id="1" name="Контейнер"/><tableColumn id="2" name="Состояние"/>'
  const tableXml = (id: number, ref: string) =>
    `<table ${main} id="${id}" name="Т${id}" displayName="Т${id}" ref="${ref}"><tableColumns count="2">${columns}</tableColumns></table>`
  const [upper, lower] = [tableXml(1, 'A1:B2'), tableXml(2, 'A4:B5')]
  const lowerPath = 'xl/tables/table2.xml'
  const below = `<row r="4">${textCell('Контейнер', ' r="A4"')}${textCell('Состояние', ' r="B4"')}</row><row r="5">${textCell(known, ' r="A5"')}</row>`
  const extra = {
    [tablePath]: upper,
    [lowerPath]: lower,
    'xl/worksheets/_rels/sheet1.xml.rels': relationshipsXml([
      ['rId1', 'table', '../tables/table1.xml'],
      ['rId2', 'table', '../tables/table2.xml'],
    ]),
  }
  const after =
    '<tableParts count="2"><tablePart r:id="rId1" xmlns:r="x"/><tablePart r:id="rId2" xmlns:r="x"/></tableParts>'
  const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows + below, { after }), extra }))
  expect(isKept).toBe(true)
  expect(await textOf(content, tablePath)).toContain('ref="A1:G2"')
  expect(await textOf(content, lowerPath)).toContain('ref="A4:G5"><tableColumns count="7">')
  expect(cellsOf(bySheetjs(content), 'Лист1')).toMatchObject({
    C2: { v: 'в пути' },
    C4: { v: 'Состояние2' },
    D4: { v: 'Осталось, км' },
    C5: { v: 'в пути' },
  })
  const twice = (await annotated(content)).content
  expect(await textOf(twice, lowerPath)).toBe(await textOf(content, lowerPath))
  expect(cellsOf(bySheetjs(twice), 'Лист1')).toEqual(cellsOf(bySheetjs(content), 'Лист1'))
})

test('headings that are repeated further down get those of the new columns beside them', async () => {
  const below = `<row r="5">${textCell(' контейнер ', ' r="A5"')}${textCell('Состояние', ' r="B5"')}</row><row r="6">${textCell(known, ' r="A6"')}</row>`
  const { content } = await annotated(await aPackage({ sheet: sheetXml(rows + below) }))
  const cells = cellsOf(bySheetjs(content), 'Лист1')
  expect(cells).toMatchObject({ C1: { v: 'Состояние' }, C5: { v: 'Состояние' }, C6: { v: 'в пути' } })
  expect(cells['C3']).toBeUndefined()
})

describe('charts and pictures beside the table', () => {
  const drawingPath = 'xl/drawings/drawing1.xml'
  const corner = (name: string, column: number) =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:row>1</xdr:row></xdr:${name}>`
  const chart = (from: number, to: number) =>
    `<xdr:twoCellAnchor>${corner('from', from)}${corner('to', to)}<xdr:graphicFrame/></xdr:twoCellAnchor>`
  const picture = (from: number) => `<xdr:oneCellAnchor>${corner('from', from)}<xdr:pic/></xdr:oneCellAnchor>`

  async function withDrawing(anchors: string): Promise<Buffer> {
    const extra = {
      [drawingPath]: `<xdr:wsDr xmlns:xdr="x">${anchors}</xdr:wsDr>`,
      'xl/worksheets/_rels/sheet1.xml.rels': relationshipsXml([['rId1', 'drawing', '../drawings/drawing1.xml']]),
    }
    const after = '<drawing r:id="rId1" xmlns:r="x"/>'
    return aPackage({ sheet: sheetXml(rows, { after }), extra })
  }

  test('make room for the new columns, and stay where those are already', async () => {
    const once = (await annotated(await withDrawing(chart(2, 9) + picture(3) + chart(0, 5)))).content
    expect(await textOf(once, drawingPath)).toContain(chart(7, 14) + picture(8) + chart(0, 5))
    const twice = (await annotated(once)).content
    expect(await textOf(twice, drawingPath)).toBe(await textOf(once, drawingPath))
  })

  test('keep every byte where nothing stands in the way', async () => {
    const before = await withDrawing(chart(0, 5))
    const { content } = await annotated(before)
    expect(await textOf(content, drawingPath)).toBe(await textOf(before, drawingPath))
  })
})

describe('rules of empty columns beside the table', () => {
  const validation = (sqref: string, formula: string) =>
    `<dataValidation type="custom" sqref="${sqref}"><formula1>${formula}</formula1></dataValidation>`
  const extended = (sqref: string, formula: string) =>
    `<x14:dataValidation type="list"><x14:formula1><xm:f>${formula}</xm:f></x14:formula1><xm:sqref>${sqref}</xm:sqref></x14:dataValidation>`
  const format = (sqref: string, formula: string) =>
    `<conditionalFormatting sqref="${sqref}"><cfRule type="expression" priority="1"><formula>${formula}</formula></cfRule></conditionalFormatting>`
  const rulesXml = (formats: string, validations: string, extensions: string) =>
    `${formats}<dataValidations count="9">${validations}</dataValidations>` +
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">' +
    `<x14:dataValidations>${extensions}</x14:dataValidations></ext></extLst>`
  const empty = '<dataValidation sqref="D2"/>'
  const before = rulesXml(
    format('C2:C9', 'AND(C2&lt;&gt;"",$A2="Ё")'),
    validation('C2:D9 F2', 'COUNTIF(C:C,C2)=1') + validation('A2:B9 C2', '$A$1') + validation('B2 D2', 'A2=""') + empty,
    extended('C2:C9', 'Справка!$A$1:$C$3'),
  )
  const after = rulesXml(
    format('H2:H9', 'AND(H2&lt;&gt;"",$A2="Ё")'),
    validation('H2:I9 K2', 'COUNTIF(H:H,H2)=1') + validation('A2:B9 H2', '$A$1') + validation('B2 D2', 'A2=""') + '<dataValidation sqref="I2"/>',
    extended('H2:H9', 'Справка!$A$1:$C$3'),
  )

  test('move with them, and stay where the columns are already', async () => {
    const { content, isKept } = await annotated(await aPackage({ sheet: sheetXml(rows, { after: before }) }))
    expect(isKept).toBe(true)
    const once = await textOf(content, sheetPath)
    expect(once.slice(once.indexOf('</sheetData>'))).toBe(`</sheetData>${spelled(after)}</worksheet>`)
    const twice = await textOf((await annotated(content)).content, sheetPath)
    expect(twice.slice(twice.indexOf('</sheetData>'))).toBe(once.slice(once.indexOf('</sheetData>')))
  })
})

/** Attributes of a changed tag are written anew, the changed one last, and the quotes of a changed formula as entities. */
function spelled(xml: string): string {
  return xml.replace('AND(H2&lt;&gt;"",$A2="Ё")', 'AND(H2&lt;&gt;&quot;&quot;,$A2=&quot;Ё&quot;)')
}
