import { toChunks } from '../xml/buffer-chunks.ts'
import { isDateFormat } from '../cells/number-format.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { SheetInfo } from '../sheets/workbook-visitor.ts'
import { decodePlainXmlText } from '../xml/xml-text.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'
import { attributeOf, type XmlTag } from '../xml/xml-tag.ts'

/** Facts about an XML spreadsheet that the reading of its cells needs; the mark of a hidden sheet stands behind its cells. */
export interface SpreadsheetMlOutline {
  readonly sheets: readonly SheetInfo[]
  /** Ids of the styles that show a number as a date. */
  readonly dateStyles: ReadonlySet<string>
  readonly is1904: boolean
}

const WORKSHEET = nameHash('Worksheet')
const STYLE = nameHash('Style')
const NUMBER_FORMAT = nameHash('NumberFormat')
const VISIBLE = nameHash('x:Visible')
const DATE_1904 = nameHash('x:Date1904')
const NAME_ATTRIBUTES = [nameHash('ss:Name'), nameHash('Name')]
const ID_ATTRIBUTES = [nameHash('ss:ID'), nameHash('ID')]
const FORMAT_ATTRIBUTES = [nameHash('ss:Format'), nameHash('Format')]
// Formats may go by name; the others of this kind are dates, and read like a date code.
const NAMED_NUMBER_FORMAT =
  /^(?:general|general number|currency|euro currency|fixed|standard|percent|scientific|yes\/no|true\/false|on\/off)$/iu
const MAX_STYLES = 100_000
const MAX_WORD = 50

export async function readSpreadsheetMlOutline(file: Buffer, limits: ReadingLimits): Promise<SpreadsheetMlOutline> {
  const sheets: { name: string; index: number; hidden: boolean }[] = []
  const dateStyles = new Set<string>()
  let is1904 = false
  let styleId = ''
  let visibility: string | undefined

  function open(name: number, tag: XmlTag): void {
    if (name === WORKSHEET) {
      sheets.push({ name: attributeOf(tag, ...NAME_ATTRIBUTES) ?? '', index: sheets.length, hidden: false })
    } else if (name === STYLE) styleId = attributeOf(tag, ...ID_ATTRIBUTES) ?? ''
    else if (name === NUMBER_FORMAT && isDate(attributeOf(tag, ...FORMAT_ATTRIBUTES))) dateStyles.add(styleId)
    else if (name === VISIBLE) visibility = ''
    else if (name === DATE_1904) is1904 = true
    if (sheets.length > limits.maxSheets) {
      throw new UnreadableWorkbook('too_many_sheets', `more than ${limits.maxSheets} sheets`)
    }
    if (dateStyles.size > MAX_STYLES) throw new UnreadableWorkbook('bomb', 'too many styles')
  }

  await scanXml(toChunks(file), {
    open,
    close(name) {
      const sheet = sheets.at(-1)
      if (name !== VISIBLE || visibility === undefined) return
      if (sheet) sheet.hidden = decodePlainXmlText(visibility).trim() !== 'SheetVisible'
      visibility = undefined
    },
    text(bytes, from, to) {
      if (visibility !== undefined && visibility.length < MAX_WORD) visibility += bytes.toString('utf8', from, to)
    },
    isDone: () => false,
  })
  return { sheets, dateStyles, is1904 }
}

function isDate(format: string | undefined): boolean {
  return format !== undefined && !NAMED_NUMBER_FORMAT.test(format) && isDateFormat(format)
}
