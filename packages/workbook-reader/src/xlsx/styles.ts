import { isBuiltinDateFormat, isDateFormat } from '../cells/number-format.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'
import { attributesOf } from '../xml/xml-tag.ts'

const NUMBER_FORMATS = nameHash('numFmts')
const NUMBER_FORMAT = nameHash('numFmt')
const CELL_FORMATS = nameHash('cellXfs')
const FORMAT = nameHash('xf')
// Excel itself stops at 65,490.
const MAX_FORMATS = 100_000

/** Reads the style part into one flag per cell style: whether it shows a number as a date. */
export async function readDateStyles(chunks: AsyncIterable<Buffer>): Promise<readonly boolean[]> {
  const custom = new Map<number, boolean>()
  const formatIds: number[] = []
  let inCellFormats = false
  // Conditional formats have number formats of their own, whose ids mean nothing to cells.
  let inNumberFormats = false
  await scanXml(chunks, {
    open(name, tag) {
      if (name === CELL_FORMATS) inCellFormats = true
      else if (name === NUMBER_FORMATS) inNumberFormats = true
      else if (name === FORMAT && inCellFormats) {
        formatIds.push(Number(attributesOf(tag).get('numFmtId') ?? 0))
      } else if (name === NUMBER_FORMAT && inNumberFormats) {
        const attributes = attributesOf(tag)
        custom.set(Number(attributes.get('numFmtId')), isDateFormat(attributes.get('formatCode') ?? ''))
      }
      if (Math.max(formatIds.length, custom.size) > MAX_FORMATS) throw new UnreadableWorkbook('bomb', 'too many styles')
    },
    close(name) {
      if (name === CELL_FORMATS) inCellFormats = false
      else if (name === NUMBER_FORMATS) inNumberFormats = false
    },
    text() {},
    isDone: () => false,
  })
  return formatIds.map((id) => custom.get(id) ?? isBuiltinDateFormat(id))
}
