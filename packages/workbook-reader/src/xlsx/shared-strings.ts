import { appendLiteral, appendText, clearText, createGatheredText, type GatheredText } from '../xml/gathered-text.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'

const ITEM = nameHash('si')
const TEXT = nameHash('t')
const PHONETIC = nameHash('rPh')

/** Reads the shared string table; the runs of a rich text become one string, phonetic hints are left out. */
export async function readSharedStrings(
  chunks: AsyncIterable<Buffer>,
  toText: (text: GatheredText) => string,
  { maxSharedStrings }: ReadingLimits,
): Promise<readonly string[]> {
  const strings: string[] = []
  const text = createGatheredText()
  let inText = false
  let inPhonetic = false
  await scanXml(chunks, {
    open(name) {
      if (name === ITEM) clearText(text)
      else if (name === TEXT) inText = !inPhonetic
      else if (name === PHONETIC) inPhonetic = true
    },
    close(name) {
      if (name === TEXT) inText = false
      else if (name === PHONETIC) inPhonetic = false
      else if (name === ITEM) {
        if (strings.length >= maxSharedStrings) throw new UnreadableWorkbook('bomb', 'too many shared strings')
        strings.push(toText(text))
      }
    },
    text(bytes, from, to, literal) {
      if (!inText) return
      if (literal) appendLiteral(text, bytes, from, to)
      else appendText(text, bytes, from, to)
    },
    isDone: () => false,
  })
  return strings
}
