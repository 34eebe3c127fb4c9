import { sql } from 'kysely'
import type { Db } from './client.ts'

/** A file in the database, without its bytes. */
export interface StoredFile {
  readonly source:
    | { readonly kind: 'blob'; readonly sha256: Uint8Array }
    | { readonly kind: 'report'; readonly reportId: number }
    | { readonly kind: 'event_mail'; readonly eventMailId: number }
  /** In bytes. */
  readonly size: number
}

/**
 * Bytes read at once. The driver holds each value several times over before it is bytes, so this and not the size of the file is
 * what a reader costs; see decision 0021.
 */
const pieceBytes = 256 * 1024

/** Reads a file in pieces, each when it is asked for. Throws when the file is gone or is not as long as it was. */
export async function* readPieces(db: Db, { source, size }: StoredFile): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += pieceBytes) {
    const piece = await pieceOf(db, source, at)
    if (piece?.length !== Math.min(pieceBytes, size - at)) throw new Error('a stored file has changed or is gone')
    yield piece
  }
}

/** Reads a whole file into memory that is its own, so that it can be handed to a thread. */
export async function readWhole(db: Db, file: StoredFile): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(file.size)
  let at = 0
  for await (const piece of readPieces(db, file)) {
    content.set(piece, at)
    at += piece.length
  }
  return content
}

/**
 * The end of an insert into `blob`: bytes are kept once, and a file that was emptied is filled again. The row stays locked for the
 * rest of the transaction even where it is left alone, so that it is not emptied before the rows that need it are stored.
 */
export const onceAndAgain = sql`on conflict (sha256) do update
  set content = excluded.content, created_at = now(), emptied_at = null where blob.emptied_at is not null`

/** Stores the bytes of a file once, however often they arrive. */
export async function store(
  db: Db,
  { sha256, content }: { readonly sha256: Uint8Array; readonly content: Uint8Array },
): Promise<void> {
  await sql`insert into blob (sha256, content) values (${Buffer.from(sha256)}, ${toBuffer(content)}) ${onceAndAgain}`.execute(
    db,
  )
}

/** The driver takes a Buffer for bytes; this one shares the memory. */
export function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

async function pieceOf(db: Db, source: StoredFile['source'], at: number): Promise<Buffer | undefined> {
  if (source.kind === 'blob') return pieceOfBlob(db, source.sha256, at)
  return source.kind === 'report' ? pieceOfReport(db, source, at) : pieceOfEventMail(db, source, at)
}

async function pieceOfEventMail(db: Db, { eventMailId }: { readonly eventMailId: number }, at: number) {
  const row = await db.selectFrom('eventMail').select(pieceAt(at)).where('id', '=', eventMailId).executeTakeFirst()
  return row?.piece
}

async function pieceOfBlob(db: Db, sha256: Uint8Array, at: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('blob')
    .select(pieceAt(at))
    .where('sha256', '=', Buffer.from(sha256))
    .executeTakeFirst()
  return row?.piece
}

async function pieceOfReport(db: Db, { reportId }: { readonly reportId: number }, at: number) {
  const row = await db.selectFrom('report').select(pieceAt(at)).where('id', '=', reportId).executeTakeFirst()
  return row?.piece
}

function pieceAt(at: number) {
  return sql<Buffer>`substring(content from ${at + 1}::integer for ${pieceBytes}::integer)`.as('piece')
}
