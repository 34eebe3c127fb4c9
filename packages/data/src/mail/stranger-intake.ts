import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { Age } from '../housekeeping/retention.ts'

/** Limits of what is stored within a day (UTC): of one unknown sender, and of all unknown senders together. */
export interface StrangerQuota {
  readonly perSender: Amount
  readonly overAll: Amount
}

export interface Amount {
  readonly files: number
  readonly bytes: number
}

const everybody = ''
const noSender = '-'

/**
 * Counts files of an unknown sender against today's quota; false when they exceed it, and then nothing is counted. The day's sum
 * stays locked for the rest of the transaction, so that several processes count one after the other.
 */
export async function claim(
  tx: Db,
  { sender, files, bytes }: Amount & { readonly sender: string | undefined },
  { perSender, overAll }: StrangerQuota,
): Promise<boolean> {
  const total = await add(tx, everybody, { files: 0, bytes: 0 })
  if (!fits(total, { files, bytes }, overAll)) return false
  const key = sender === undefined || sender === '' ? noSender : sender
  const own = await find(tx, key)
  if (!fits(own, { files, bytes }, perSender)) return false
  await add(tx, everybody, { files, bytes })
  await add(tx, key, { files, bytes })
  return true
}

/** Deletes the counts of past days. Returns how many went. */
export async function deleteCounts(db: Db, { days, limit }: Age): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from stranger_intake where ctid in (
      select ctid from stranger_intake where day < (now() at time zone 'UTC')::date - ${days}::int limit ${limit}
    )`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

const today = sql<string>`(now() at time zone 'UTC')::date`

function fits(stored: Amount, more: Amount, most: Amount): boolean {
  return stored.files + more.files <= most.files && stored.bytes + more.bytes <= most.bytes
}

async function find(tx: Db, sender: string): Promise<Amount> {
  const row = await tx
    .selectFrom('strangerIntake')
    .select(['files', 'bytes'])
    .where('day', '=', today)
    .where('sender', '=', sender)
    .executeTakeFirst()
  return row ?? { files: 0, bytes: 0 }
}

async function add(tx: Db, sender: string, { files, bytes }: Amount): Promise<Amount> {
  return tx
    .insertInto('strangerIntake')
    .values({ day: today, sender, files, bytes })
    .onConflict((conflict) =>
      conflict.columns(['day', 'sender']).doUpdateSet((eb) => ({
        files: eb('strangerIntake.files', '+', eb.ref('excluded.files')),
        bytes: eb('strangerIntake.bytes', '+', eb.ref('excluded.bytes')),
      })),
    )
    .returning(['files', 'bytes'])
    .executeTakeFirstOrThrow()
}
