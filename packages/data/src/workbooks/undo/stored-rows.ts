import { once } from 'node:events'
import { promisify } from 'node:util'
import { createGzip, gunzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { stagedColumns } from '../../positions/import/dislocation-staging.ts'

/** Collects the lines of a report while it is read. */
export interface RowStore {
  readonly add: (lines: Uint8Array) => Promise<void>
  /** All lines, compressed. */
  readonly finish: () => Promise<Buffer>
}

export function openRowStore(): RowStore {
  // The fastest level: lines of one report are so alike that the others gain little.
  const gzip = createGzip({ level: 1 })
  const chunks: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
  return {
    async add(lines) {
      if (!gzip.write(lines)) await once(gzip, 'drain')
    },
    async finish() {
      gzip.end()
      await once(gzip, 'end')
      return Buffer.concat(chunks)
    },
  }
}

/** Keeps the rows of an accepted report. */
export async function insertRows(tx: Db, workbookId: number, lines: Buffer): Promise<void> {
  const row = { columns: stagedColumns, lines }
  await tx
    .insertInto('workbookRows')
    .values({ workbookId, ...row })
    .onConflict((conflict) => conflict.column('workbookId').doUpdateSet(row))
    .execute()
}

const pieceBytes = 1024 * 1024
const leastChunk = 1024
const mostChunk = 64 * 1024 * 1024
const inflate = promisify(gunzip)

/** The lines of a report; undefined where none are kept, or those of another release. */
export async function findRows(db: Db, workbookId: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('workbookRows')
    .select(sql<number>`octet_length(lines)`.as('size'))
    .where('workbookId', '=', workbookId)
    .where('columns', '=', stagedColumns)
    .executeTakeFirst()
  return row && unpack(await fetchPieces(db, workbookId, row.size))
}

async function fetchPieces(db: Db, workbookId: number, size: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let at = 0; at < size; at += pieceBytes) {
    const { piece } = await db
      .selectFrom('workbookRows')
      .select(sql<Buffer>`substring(lines from ${at + 1} for ${pieceBytes})`.as('piece'))
      .where('workbookId', '=', workbookId)
      .executeTakeFirstOrThrow()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** In one go on a thread of the pool: the last four bytes of a gzip file are the length of its content. */
async function unpack(compressed: Buffer): Promise<Buffer> {
  const length = compressed.readUInt32LE(compressed.length - 4)
  return inflate(compressed, { chunkSize: Math.min(Math.max(length + 1, leastChunk), mostChunk) })
}
