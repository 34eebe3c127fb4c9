import { once } from 'node:events'
import { createGunzip, createGzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Db } from '../client.ts'
import { stagedColumns } from '../dislocation-staging.ts'

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

/** The lines of a report as chunks; undefined where none are kept, or those of another release. */
export async function findRows(db: Db, workbookId: number): Promise<AsyncIterable<Buffer> | undefined> {
  const row = await db
    .selectFrom('workbookRows')
    .select(sql<number>`octet_length(lines)`.as('size'))
    .where('workbookId', '=', workbookId)
    .where('columns', '=', stagedColumns)
    .executeTakeFirst()
  return row && unpack(db, workbookId, row.size)
}

async function* unpack(db: Db, workbookId: number, size: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const compressed: Buffer[] = []
  for (let at = 0; at < size; at += pieceBytes) {
    const { piece } = await db
      .selectFrom('workbookRows')
      .select(sql<Buffer>`substring(lines from ${at + 1} for ${pieceBytes})`.as('piece'))
      .where('workbookId', '=', workbookId)
      .executeTakeFirstOrThrow()
    compressed.push(piece)
  }
  gunzip.end(Buffer.concat(compressed))
  yield* gunzip as AsyncIterable<Buffer>
}
