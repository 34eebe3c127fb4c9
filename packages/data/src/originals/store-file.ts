import { sql } from 'kysely'
import type { Db } from '../client.ts'

export interface StoredFile {
  readonly sha256: Uint8Array
  readonly content: Uint8Array
}

/**
 * Keeps the bytes of a file, once however often they come; a file that was let go is filled again. Its row stays locked for the
 * rest of the transaction, so that it is not let go before those who need it are stored.
 */
export async function storeFile(db: Db, { sha256, content }: StoredFile): Promise<void> {
  await db
    .insertInto('blob')
    .values({ sha256: Buffer.from(sha256), content: Buffer.from(content) })
    .onConflict((conflict) =>
      conflict
        .column('sha256')
        .doUpdateSet((eb) => ({
          content: eb.ref('excluded.content'),
          createdAt: sql<Date>`now()`,
          emptiedAt: null,
        }))
        // Locks the row even where it is false.
        .where('blob.emptiedAt', 'is not', null),
    )
    .execute()
}
