import { nameHash } from '@atermtrack/workbook-reader/package'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanPart } from './measure-sheet.ts'
import { createPartCopy } from './part-copy.ts'

const pieces = [
  '<row r="1"><c/></row>',
  '<x:c r="A1" s=\'2\' t="a>b"/>',
  '<c r="B1"><v>12.5</v><c/></c>',
  ' text &amp; more Ж\r\n',
  '<!-- <row> -->',
  '<![CDATA[<c>]]>',
  '<?pi?>',
]
const parts = fc.array(fc.constantFrom(...pieces)).map((list) => `<?xml version="1.0"?>\n<s>${list.join('')}</s>`)
const sizes = fc.array(fc.integer({ min: 1, max: 40 }))

async function* cut(part: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0
  for (const length of [...lengths, part.length]) {
    if (at < part.length) yield part.subarray(at, at + length)
    at += length
  }
}

/** A copy of the part without the elements of one name, and with the tags of another name replaced. */
async function copied(part: string, lengths: readonly number[], { drop = '', mark = '' } = {}): Promise<string> {
  const copy = createPartCopy()
  const out: Buffer[] = []
  let depth = 0
  const sink = {
    open(name: number, { bytes, from, to }: { bytes: Buffer; from: number; to: number }) {
      if (depth > 0) depth += 1
      else if (name === nameHash(drop)) {
        depth = 1
        copy.drop(bytes, from)
      } else if (name === nameHash(mark)) {
        copy.insert(bytes, from, '*')
        copy.replace(bytes, from + 1, to - 1, '-')
      }
    },
    close(_name: number, _bytes: Buffer, _from: number, to: number) {
      if (depth === 0) return
      depth -= 1
      if (depth === 0) copy.resume(to)
    },
    text() {},
    scanned: (bytes: Buffer, to: number) => copy.scanned(bytes, to),
    isDone: () => false,
  }
  await scanPart(cut(Buffer.from(part), lengths), sink, () => void out.push(copy.take()))
  return Buffer.concat(out).toString()
}

describe('however a part is cut', () => {
  test('its copy is the same part', async () => {
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (part, lengths) => {
        expect(await copied(part, lengths)).toBe(part)
      }),
    )
  })

  test('only dropped and replaced bytes change', async () => {
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (part, lengths) => {
        const changed = part.replaceAll('<row r="1">', '*<->').replaceAll('<v>12.5</v>', '')
        expect(await copied(part, lengths, { drop: 'v', mark: 'row' })).toBe(changed)
      }),
    )
  })
})
