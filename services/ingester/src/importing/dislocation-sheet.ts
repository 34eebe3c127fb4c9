import { createHash } from 'node:crypto'
// Not the whole package: the reading thread starts anew for every file, and a database client takes longer to load than most files to read.
import { encodeDislocationRow } from '@atermtrack/data/staging'
import {
  type Cell,
  cellText,
  createDislocationParser,
  type DislocationRow,
  findDislocationHeader,
  findFormationStamp,
  stampFromFileName,
  toInstant,
} from '@atermtrack/domain'
import type { DigestRequest, DislocationDigest } from './workbook-digest.ts'

export interface DislocationSheet {
  /** Takes the rows of the sheet in their order, those of its head too. */
  readonly row: (rowNumber: number, cells: readonly Cell[]) => void
  readonly digest: () => DislocationDigest
}

/** Reads a sheet that was recognised as a dislocation report; `head` are its first rows. */
export function createDislocationSheet(
  head: readonly { readonly rowNumber: number; readonly cells: readonly Cell[] }[],
  { zone, fileName }: DigestRequest,
): DislocationSheet {
  const header = findDislocationHeader(head.map(({ cells }) => cells))
  if (!header) throw new Error('the sheet is no dislocation report')
  const headerRow = head[header.headerRow - 1]?.rowNumber ?? 0
  const titles = head.slice(0, header.headerRow - 1).flatMap(({ cells }) => cells.map((cell) => cellText(cell) ?? ''))
  const stampWall = findFormationStamp(titles) ?? stampFromFileName(fileName)
  const parser = createDislocationParser({ columns: header.columns, zone })
  const lines = createLines(stampWall ?? '')
  const containers = new Set<string>()
  let rowCount = 0
  let previous = headerRow

  return {
    row(rowNumber, cells) {
      if (rowNumber <= headerRow || header.missing.length > 0) return
      // The reader leaves blank rows out, and the parser must know of them: they end a merged block.
      if (rowNumber > previous + 1) parser.row(previous + 1, [])
      previous = rowNumber
      const row = parser.row(rowNumber, cells)
      if (!row) return
      rowCount += 1
      containers.add(row.container)
      lines.add(row)
    },
    digest: () => ({
      kind: 'dislocation',
      stamp: stampWall && toInstant(stampWall, zone),
      missing: header.missing,
      unknownColumns: header.unknown,
      rowCount,
      containerCount: containers.size,
      skippedCount: parser.skippedCount(),
      warnings: parser.warnings,
      ...lines.end(),
    }),
  }
}

const chunkLength = 256 * 1024

/** Gathers the lines of the import into chunks and hashes what they say. */
function createLines(stamp: string) {
  const encoder = new TextEncoder()
  const hash = createHash('sha256').update(stamp)
  const chunks: Uint8Array[] = []
  let pending = ''

  function flush(): void {
    if (pending === '') return
    const chunk = encoder.encode(pending)
    hash.update(chunk)
    chunks.push(chunk)
    pending = ''
  }
  return {
    add(row: DislocationRow): void {
      pending += encodeDislocationRow(row)
      if (pending.length >= chunkLength) flush()
    },
    end(): { contentHash: Uint8Array; chunks: readonly Uint8Array[] } {
      flush()
      return { contentHash: hash.digest(), chunks }
    },
  }
}
