import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from './client.ts'
import * as storedFiles from './stored-files.ts'

const pieceBytes = 256 * 1024

function hashOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest()
}

async function aFile(db: Db, content: Buffer): Promise<storedFiles.StoredFile> {
  const sha256 = hashOf(content)
  await storedFiles.store(db, { sha256, content })
  return { source: { kind: 'blob', sha256 }, size: content.length }
}

test.for([0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes])(
  'a file of %i bytes comes in pieces as it went',
  async (size, { db }) => {
    const content = randomBytes(size)
    const file = await aFile(db, content)
    const pieces: Buffer[] = []
    for await (const piece of storedFiles.readPieces(db, file)) pieces.push(piece)
    expect(pieces).toHaveLength(Math.ceil(size / pieceBytes))
    expect(Buffer.concat(pieces).equals(content)).toBe(true)
    expect(Buffer.from(await storedFiles.readWhole(db, file)).equals(content)).toBe(true)
  },
)

test('a file that was stored compressed is read too', async ({ db }) => {
  await sql`alter table blob alter column content set storage extended`.execute(db)
  const content = Buffer.alloc(2 * pieceBytes + 5, 'Контейнер;')
  const file = await aFile(db, content)
  const stored = await sql<{ bytes: number }>`select pg_column_size(content) as bytes from blob`.execute(db)
  expect(stored.rows[0]?.bytes).toBeLessThan(content.length / 2)
  await sql`alter table blob alter column content set storage external`.execute(db)
  expect(Buffer.from(await storedFiles.readWhole(db, file)).equals(content)).toBe(true)
})

test('a file that is deleted while it is read is an error, and not a shorter file', async ({ db }) => {
  const file = await aFile(db, randomBytes(3 * pieceBytes))
  const reading = storedFiles.readPieces(db, file)
  await reading.next()
  await db.deleteFrom('blob').execute()
  await expect(reading.next()).rejects.toThrow('is gone')
})
