import { createTextDecoder } from '../text/text-decoder.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'

const DECLARATION_BYTES = 200
const BOM = Buffer.from('efbbbf', 'hex')

/** Turns the bytes of an XML part of any declared encoding into UTF-8 without a byte order mark. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decode: ReturnType<typeof createTextDecoder> | undefined
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst) {
      isFirst = false
      decode = createDecoder(chunk)
      if (!decode && chunk.subarray(0, 3).equals(BOM)) {
        yield chunk.subarray(3)
        continue
      }
    }
    yield decode ? Buffer.from(decode(chunk, { stream: true })) : chunk
  }
}

/** Nothing for UTF-8, which needs no decoder. */
function createDecoder(head: Buffer): ReturnType<typeof createTextDecoder> | undefined {
  const encoding = foreignEncoding(head)
  if (encoding === undefined) return undefined
  try {
    return createTextDecoder(encoding)
  } catch (error) {
    throw new UnreadableWorkbook('damaged', 'XML in an unknown encoding', { cause: error })
  }
}

/** The encoding of an XML part by its first bytes; undefined for UTF-8. */
export function foreignEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be'
  const declaration = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/u
  const declared = declaration.exec(head.toString('latin1', 0, DECLARATION_BYTES))?.[1] ?? 'utf-8'
  // A declaration that reads as single bytes and says UTF-16 was left behind by a conversion to UTF-8.
  return /^(?:utf|ucs|us-ascii)/iu.test(declared) ? undefined : declared
}
