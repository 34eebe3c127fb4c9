import { buffer } from 'node:stream/consumers'
import { defaultReadingLimits } from '@atermtrack/workbook-reader'
import { openZipDirectory, openZipEntries } from '@atermtrack/workbook-reader/package'
import { type CellObject, read, type WorkBook } from '@e965/xlsx'
import excel from 'exceljs'
import { zip } from '@atermtrack/testkit'
import { annotate } from './annotating.ts'
import type { AnnotationPlan, Note, StatusColumn } from './plan/plan.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Of every kind that a column has. */
export const columns: readonly StatusColumn[] = [
  { key: 'state', header: 'Состояние', kind: 'text', width: 20 },
  { key: 'kmleft', header: 'Осталось, км', kind: 'integer', width: 10 },
  { key: 'operatedat', header: 'Время операции (МСК)', kind: 'dateTime', width: 17 },
  { key: 'arrival', header: 'Прогноз', kind: 'date', width: 12 },
  { key: 'idlehours', header: 'Простой (ч)', kind: 'decimal', width: 9 },
]

export const noteOf: Readonly<Record<'known' | 'unknown' | 'mistyped', Note>> = {
  known: { values: ['в пути', 1250, '2026-11-22T09:05:00', '2026-11-25T00:00:00', 2.5], shade: undefined },
  unknown: { values: ['не найден'], shade: 'unknown' },
  mistyped: { values: ['опечатка <&> в номере'], shade: 'mistyped' },
}

/** The values of the new cells of a known row. */
export const knownValues = ['в пути', 1250, new Date('2026-11-22T09:05:00Z'), new Date('2026-11-25T00:00:00Z'), 2.5]

const unknownNumbers = ['CSQU3054383']

/** The columns of a release in another language, which has one more: neither headings nor contents are those of `columns`. */
export const foreignColumns: readonly StatusColumn[] = [
  ...columns,
  { key: 'asof', header: '', kind: 'dateTime' as const, width: 17 },
].map((column) => ({ ...column, header: `Spalte ${column.key}` }))

/** Annotates a file as the process does, by a release that knows but these columns: MSKU6011672 is known, CSQU3054383 is not. */
export async function annotated(bytes: Uint8Array, columnsOfRelease = columns) {
  const limits = defaultReadingLimits
  const found = await annotate({ task: 'find', bytes, ownSets: [columnsOfRelease], limits })
  if (found.kind !== 'found') throw new Error(`nothing to annotate: ${found.kind}`)
  const notes = [noteOf.known, noteOf.unknown, noteOf.mistyped]
  const plan: AnnotationPlan = {
    columns: columnsOfRelease,
    notes,
    sheets: found.sheets.map(({ cells, ...sheet }) => ({
      ...sheet,
      rows: cells.map(({ rowNumber, text, isMistyped }) => {
        return [rowNumber, isMistyped ? 2 : unknownNumbers.includes(text) ? 1 : 0] as const
      }),
    })),
  }
  const written = await annotate({ task: 'write', bytes, plan, limits })
  if (written.kind !== 'written') throw new Error(`not written: ${written.kind}`)
  return { ...written, content: Buffer.from(written.content), found }
}

export async function byExceljs(content: Uint8Array): Promise<excel.Workbook> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  return workbook
}

export function bySheetjs(content: Uint8Array): WorkBook {
  return read(content, { cellFormula: true, cellNF: true, cellStyles: true, bookVBA: true })
}

/** The cells of one sheet as SheetJS reads them: type, value, formula and number format by address. */
export function cellsOf(workbook: WorkBook, name: string): Record<string, unknown> {
  const sheet: Record<string, CellObject> = workbook.Sheets[name] ?? {}
  const cells = Object.entries(sheet).filter(([address]) => !address.startsWith('!'))
  return Object.fromEntries(cells.map(([address, { t, v, f, z }]) => [address, { t, v, f, z }]))
}

/** Every part by its path, unpacked. */
export async function partsOf(content: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const { entries } = await openZipEntries(content, defaultReadingLimits)
  const parts = await openZipDirectory(content, defaultReadingLimits)
  const bodies = entries.map(async ({ fileName }) => [fileName, await buffer(parts.read(fileName))] as const)
  return new Map(await Promise.all(bodies))
}

export interface OddParts {
  readonly sheet: string
  readonly styles?: string
  readonly workbook?: string
  readonly extra?: Readonly<Record<string, string | Buffer>>
}

/** A workbook of one sheet out of hand-made XML. */
export async function aPackage({ sheet, styles, workbook, extra = {} }: OddParts): Promise<Buffer> {
  const related = [
    ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
    ...(styles === undefined ? [] : [['rId2', 'styles', 'styles.xml']]),
  ]
  const parts: Readonly<Record<string, string | Buffer>> = {
    '[Content_Types].xml': contentTypes(styles !== undefined),
    '_rels/.rels': relationshipsXml([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook ?? workbookXml(),
    'xl/_rels/workbook.xml.rels': relationshipsXml(related),
    'xl/worksheets/sheet1.xml': sheet,
    ...(styles !== undefined && { 'xl/styles.xml': styles }),
    ...extra,
  }
  return zip(Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })))
}

export function workbookXml(properties = ''): string {
  const sheets = '<sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets>'
  return `<workbook xmlns="${main}" xmlns:r="${office}">${properties}${sheets}</workbook>`
}

/** A sheet part around the XML of its rows. */
export function sheetXml(rows: string, { before = '', after = '' } = {}): string {
  const data = `<sheetData>${rows}</sheetData>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${main}">${before}${data}${after}</worksheet>`
}

/** A cell of inline text. */
export function textCell(text: string, attributes = ''): string {
  return `<c t="inlineStr"${attributes}><is><t>${text}</t></is></c>`
}

/** The part that says which other parts one needs: id, type and target of each. */
export function relationshipsXml(list: readonly (readonly string[])[]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  )
  const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return `<Relationships xmlns="${namespace}">${items.join('')}</Relationships>`
}

function contentTypes(hasStyles: boolean): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const part = (name: string, kind: string) => `<Override PartName="/xl/${name}" ContentType="${type}.${kind}+xml"/>`
  return (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part('workbook.xml', 'sheet.main') +
    part('worksheets/sheet1.xml', 'worksheet') +
    (hasStyles ? part('styles.xml', 'styles') : '') +
    '</Types>'
  )
}
