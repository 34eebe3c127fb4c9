import { columnIndex, columnLetters } from '@atermtrack/domain'
import { type ReadingLimits, sniffFormat } from '@atermtrack/workbook-reader'
import {
  decodeXmlText,
  findWorkbookPath,
  openZipDirectory,
  tokensOf,
  writtenAttribute,
  type XmlToken,
} from '@atermtrack/workbook-reader/package'
import { type ColumnMark, markStart, nameOfMark, parseMark } from '../../plan/column-marks.ts'
import type { PlacedColumn } from '../../plan/place-columns.ts'
import { NotPatchable } from '../not-patchable.ts'
import { escapeToBytes, toBytes } from './part-bytes.ts'
import { readUtf8Part } from './read-part.ts'

/** A sheet with the columns that were put into it. */
export interface MarkedSheet {
  /** Zero-based among all sheets. */
  readonly index: number
  readonly name: string
  readonly columns: readonly PlacedColumn[]
}

const reference = /^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})(?:\$?\d{1,7})?(?::|$)/
/** The elements before the defined names of a workbook: the names follow the last one present. */
const before: ReadonlySet<string> = new Set(['sheets', 'functionGroups', 'externalReferences'])

/** The marks of an xlsx or xlsm workbook, by the name of their sheet; none for any other file. */
export async function readMarks(
  bytes: Uint8Array,
  limits: ReadingLimits,
): Promise<ReadonlyMap<string, readonly ColumnMark[]>> {
  const marks = new Map<string, ColumnMark[]>()
  if (bytes.length > limits.maxBytes || sniffFormat(bytes) !== 'xlsx') return marks
  const parts = await openZipDirectory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits)
  const part = await readUtf8Part(parts, await findWorkbookPath(parts))
  for (const { sheet, mark } of part?.includes(markStart) ? namesIn(tokensOf(part)) : []) {
    if (mark) marks.set(sheet, [...(marks.get(sheet) ?? []), mark])
  }
  return marks
}

/** The tokens of a workbook part with the marks of these sheets, in the place of those that they had. */
export function withMarks(tokens: readonly XmlToken[], sheets: readonly MarkedSheet[]): string {
  const marked = new Set(sheets.map(({ name }) => name))
  const dropped = new Set(
    namesIn(tokens).flatMap(({ sheet, mark, places }) => (!mark || marked.has(sheet) ? places : [])),
  )
  const place = findPlace(tokens)
  const { prefix, kind } = tokens[place] ?? { prefix: '', kind: 'other' }
  const names = sheets.flatMap((sheet) => sheet.columns.map((column) => nameXml(sheet, column, prefix))).join('')
  return tokens
    .map(({ raw, name }, index) => {
      if (names === '') return raw
      if (index !== place) return dropped.has(index) ? '' : raw
      if (name === 'definedNames' && kind === 'close') return names + raw
      const list = `<${prefix}definedNames>${names}</${prefix}definedNames>`
      return name === 'definedNames' ? list : raw + list
    })
    .join('')
}

/** The end of the list of names, or where that list is to stand. */
function findPlace(tokens: readonly XmlToken[]): number {
  const list = tokens.findIndex(({ name, kind }) => name === 'definedNames' && kind !== 'open')
  if (list !== -1) return list
  const place = tokens.findLastIndex(({ name, kind }) => before.has(name) && kind !== 'open')
  if (place === -1) throw new NotPatchable('a workbook part without sheets')
  return place
}

/** The name belongs to its sheet, so that a copy of the sheet takes it along, and is not shown to people. */
function nameXml({ index, name }: MarkedSheet, column: PlacedColumn, prefix: string): string {
  const letters = columnLetters(column.column)
  const range = escapeToBytes(`'${name.replaceAll("'", "''")}'!$${letters}:$${letters}`)
  const attributes = `name="${nameOfMark(column)}" localSheetId="${index}" hidden="1"`
  return `<${prefix}definedName ${attributes}>${range}</${prefix}definedName>`
}

interface FoundName {
  readonly sheet: string
  readonly mark: ColumnMark | undefined
  /** Of its tokens. */
  readonly places: readonly number[]
}

/** The names of ours; one whose column is gone has no mark and no sheet. */
function namesIn(tokens: readonly XmlToken[]): readonly FoundName[] {
  return tokens.flatMap(({ name, kind, raw }, index) => {
    const said = name === 'definedName' && kind === 'open' ? parseMark(writtenAttribute(raw, 'name') ?? '') : undefined
    if (!said || tokens[index + 2]?.name !== 'definedName') return []
    const text = decodeXmlText(toBytes(tokens[index + 1]?.raw ?? '').toString('utf8'))
    const { sheet, column } = parseColumn(text)
    return [
      { sheet, mark: column === undefined ? undefined : { ...said, column }, places: [index, index + 1, index + 2] },
    ]
  })
}

function parseColumn(text: string): { readonly sheet: string; readonly column: number | undefined } {
  const [, quoted, plain = '', letters = ''] = reference.exec(text) ?? []
  return { sheet: quoted?.replaceAll("''", "'") ?? plain, column: columnIndex(letters) }
}
