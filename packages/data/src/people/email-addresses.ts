import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

export interface EmailAddress {
  readonly id: number
  readonly address: string
  readonly verifiedAt: Date | null
  readonly bouncedAt: Date | null
}

export type Proof = 'verified' | 'wrong' | 'expired'

/** A person's address, proved or not. */
export async function find(db: Db, personId: number): Promise<EmailAddress | undefined> {
  return db
    .selectFrom('emailAddress')
    .select(['id', 'address', 'verifiedAt', 'bouncedAt'])
    .where('personId', '=', personId)
    .executeTakeFirst()
}

/** How many codes were mailed for a person within the last hour. */
export async function countRecentCodes(db: Db, personId: number): Promise<number> {
  const { count } = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('personId', '=', personId)
    .where('kind', '=', 'code')
    .where('createdAt', '>', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirstOrThrow()
  return count
}

/** Stores an address that a code must prove. It replaces the person's former one and counts as unproved. */
export async function startProof(
  db: Db,
  proof: {
    readonly personId: number
    readonly address: string
    readonly codeHash: Buffer
    readonly minutes: number
    readonly tries: number
  },
): Promise<{ readonly id: number }> {
  const fields = {
    address: proof.address,
    codeHash: proof.codeHash,
    codeExpiresAt: sql<Date>`now() + make_interval(mins => ${proof.minutes})`,
    codeTriesLeft: proof.tries,
    verifiedAt: null,
    bouncedAt: null,
  }
  return db
    .insertInto('emailAddress')
    .values({ personId: proof.personId, ...fields })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(fields))
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Spends one try of a code. `expired` also when there are no tries left or nothing is to be proved. */
export async function tryCode(db: Db, personId: number, codeHash: Buffer): Promise<Proof> {
  const row = await db
    .updateTable('emailAddress')
    .set((eb) => ({ codeTriesLeft: eb('codeTriesLeft', '-', 1) }))
    .where('personId', '=', personId)
    .where('codeTriesLeft', '>', 0)
    .where('codeExpiresAt', '>', sql<Date>`now()`)
    .returning(['id', 'codeHash'])
    .executeTakeFirst()
  if (!row?.codeHash) return 'expired'
  if (!row.codeHash.equals(codeHash)) return 'wrong'
  await db
    .updateTable('emailAddress')
    .set({ verifiedAt: sql<Date>`now()`, codeHash: null, codeExpiresAt: null, codeTriesLeft: 0 })
    .where('id', '=', row.id)
    .execute()
  return 'verified'
}

/** Forgets a person's address and what was to be sent to it; returns it, or undefined when there was none. */
export async function remove(db: Db, personId: number): Promise<string | undefined> {
  const row = await db
    .deleteFrom('emailAddress')
    .where('personId', '=', personId)
    .returning('address')
    .executeTakeFirst()
  return row?.address
}
