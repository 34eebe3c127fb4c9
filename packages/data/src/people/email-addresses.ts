import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

export interface EmailAddress {
  readonly id: number
  readonly address: string
  /** Its owner's name for it. */
  readonly name: string | null
  readonly verifiedAt: Date | null
  /** Since when the mail server refuses it. */
  readonly bouncedAt: Date | null
  /** Since when its owner wants no mail there. */
  readonly unsubscribedAt: Date | null
}

export type Proof = { readonly kind: 'verified'; readonly id: number } | { readonly kind: 'wrong' | 'expired' }

/** How many addresses one person may have. */
export const mostAddresses = 5

/** The condition of a row of `email_address` that mail may go to, codes aside. */
export const receivesMail = sql<boolean>`(email_address.verified_at is not null
  and email_address.bounced_at is null and email_address.unsubscribed_at is null)`

const columns = ['id', 'address', 'name', 'verifiedAt', 'bouncedAt', 'unsubscribedAt'] as const

/** A person's addresses, proved or not, the oldest first. */
export async function list(db: Db, personId: number): Promise<readonly EmailAddress[]> {
  return db.selectFrom('emailAddress').select(columns).where('personId', '=', personId).orderBy('id').execute()
}

/** The addresses to which a person's mail goes, the oldest first. */
export async function listReceiving(
  db: Db,
  personId: number,
): Promise<readonly Pick<EmailAddress, 'id' | 'address'>[]> {
  return db
    .selectFrom('emailAddress')
    .select(['id', 'address'])
    .where('personId', '=', personId)
    .where(receivesMail)
    .orderBy('id')
    .execute()
}

/** One of a person's own addresses; undefined for one of somebody else. */
export async function find(
  db: Db,
  { id, personId }: { readonly id: number; readonly personId: number },
): Promise<EmailAddress | undefined> {
  return db
    .selectFrom('emailAddress')
    .select(columns)
    .where('id', '=', id)
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

/**
 * Stores an address that a code must prove. One that the person has already keeps its name and its proof, and gets a new code. Undefined
 * when the person has as many addresses as they may have.
 */
export async function startProof(
  db: Db,
  proof: {
    readonly personId: number
    readonly address: string
    readonly codeHash: Buffer
    readonly minutes: number
    readonly tries: number
  },
): Promise<{ readonly id: number } | undefined> {
  const { personId, address, codeHash } = proof
  // Two additions at once would both see room for the last one.
  await db.selectFrom('person').select('id').where('id', '=', personId).forUpdate().executeTakeFirstOrThrow()
  const code = {
    codeHash,
    codeExpiresAt: sql<Date>`now() + make_interval(mins => ${proof.minutes})`,
    codeTriesLeft: proof.tries,
  }
  const own = await list(db, personId)
  const known = own.find((each) => each.address.toLowerCase() === address.toLowerCase())
  if (known) {
    await db.updateTable('emailAddress').set(code).where('id', '=', known.id).execute()
    return { id: known.id }
  }
  if (own.length >= mostAddresses) return undefined
  return db
    .insertInto('emailAddress')
    .values({ personId, address, ...code })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/**
 * Spends one try of the code of an address; without an id, of the newest code. `expired` also when there are no tries left or nothing is to be proved. A
 * proof ends every pause.
 */
export async function tryCode(
  db: Db,
  { personId, id }: { readonly personId: number; readonly id?: number | undefined },
  codeHash: Buffer,
): Promise<Proof> {
  const row = await db
    .updateTable('emailAddress')
    .set((eb) => ({ codeTriesLeft: eb('codeTriesLeft', '-', 1) }))
    .where(
      'id',
      '=',
      sql<number>`coalesce(${id ?? null}, (select id from email_address
        where person_id = ${personId} and code_expires_at is not null order by code_expires_at desc, id desc limit 1))`,
    )
    .where('personId', '=', personId)
    .where('codeTriesLeft', '>', 0)
    .where('codeExpiresAt', '>', sql<Date>`now()`)
    .returning(['id', 'codeHash'])
    .executeTakeFirst()
  if (!row?.codeHash) return { kind: 'expired' }
  if (!row.codeHash.equals(codeHash)) return { kind: 'wrong' }
  await db
    .updateTable('emailAddress')
    .set({
      verifiedAt: sql<Date>`now()`,
      bouncedAt: null,
      unsubscribedAt: null,
      codeHash: null,
      codeExpiresAt: null,
      codeTriesLeft: 0,
    })
    .where('id', '=', row.id)
    .execute()
  return { kind: 'verified', id: row.id }
}

/** Names one of a person's addresses; undefined when it is not theirs. */
export async function rename(
  db: Db,
  own: { readonly id: number; readonly personId: number; readonly name: string },
): Promise<EmailAddress | undefined> {
  return change(db, own, { name: own.name })
}

/** Stops mail to one of a person's addresses by their own will, or starts it again; undefined when it is not theirs. */
export async function setUnsubscribed(
  db: Db,
  own: { readonly id: number; readonly personId: number },
  isUnsubscribed: boolean,
): Promise<EmailAddress | undefined> {
  return change(db, own, { unsubscribedAt: isUnsubscribed ? sql<Date>`coalesce(unsubscribed_at, now())` : null })
}

/** Lets mail go again to an address that the mail server refused; undefined when it is not the person's. */
export async function tryAgain(
  db: Db,
  own: { readonly id: number; readonly personId: number },
): Promise<EmailAddress | undefined> {
  return change(db, own, { bouncedAt: null })
}

/** Forgets one of a person's addresses; returns it, or undefined when it is not theirs. */
export async function remove(
  db: Db,
  { id, personId }: { readonly id: number; readonly personId: number },
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('emailAddress')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning('address')
    .executeTakeFirst()
  return row?.address
}

async function change(
  db: Db,
  { id, personId }: { readonly id: number; readonly personId: number },
  values: Readonly<Record<string, unknown>>,
): Promise<EmailAddress | undefined> {
  return db
    .updateTable('emailAddress')
    .set(values)
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning(columns)
    .executeTakeFirst()
}
