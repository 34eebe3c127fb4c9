import type { RosterEntry } from '@atermtrack/domain'
import { sql } from 'kysely'
import { learnFromRoster } from '../visibility/client-spellings.ts'
import { containersOfTrain, resolveTrain } from './resolve-train.ts'
import type { Db } from '../platform/client.ts'

export interface RosterImport {
  readonly workbookId: number
  readonly trainCode: string
  readonly destination: string | undefined
  readonly sentAt: Date
  readonly entries: readonly RosterEntry[]
}

/** Stores the list of a train from a workbook that is imported; the newest list of a train is the one that counts. */
export async function insert(tx: Db, { entries, destination, ...roster }: RosterImport): Promise<void> {
  await tx
    .insertInto('trainRoster')
    .values({ ...roster, destination: destination ?? null })
    .execute()
  await tx
    .insertInto('train')
    .values({ code: roster.trainCode })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows = entries.map((entry) => ({
    workbookId: roster.workbookId,
    rowNumber: entry.rowNumber,
    container: entry.container,
    client: entry.client ?? null,
    type: entry.type ?? null,
    weightKg: entry.weightKg ?? null,
    wagon: entry.wagon ?? null,
    waybill: entry.waybill ?? null,
    destination: entry.destination?.name ?? null,
  }))
  for (let start = 0; start < rows.length; start += rowsPerInsert) {
    await tx
      .insertInto('trainRosterRow')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute()
  }
  await learnFromRoster(tx, roster.workbookId)
  await resolveTrain(tx, containersOfTrain(roster.trainCode))
}

/** Far below the limit of bound values. */
const rowsPerInsert = 1_000

/** Deletes a list; the one before it counts again. Says whether there is one. */
export async function withdraw(tx: Db, workbookId: number): Promise<{ readonly hasOther: boolean }> {
  const rows = await tx
    .selectFrom('trainRosterRow')
    .select('container')
    .where('workbookId', '=', workbookId)
    .union((eb) => eb.selectFrom('trainRosterAway').select('container').where('workbookId', '=', workbookId))
    .execute()
  const gone = await tx
    .deleteFrom('trainRoster')
    .where('workbookId', '=', workbookId)
    .returning('trainCode')
    .executeTakeFirst()
  if (!gone) return { hasOther: false }
  const containers = rows.map(({ container }) => container)
  await resolveTrain(tx, sql`${containersOfTrain(gone.trainCode)} union select unnest(${containers}::text[])`)
  const others = tx.selectFrom('trainRoster').select('workbookId').where('trainCode', '=', gone.trainCode)
  return { hasOther: (await others.limit(1).executeTakeFirst()) !== undefined }
}

/** Records at which station the containers of a train change wagons (перегруз), or that they do not. */
export async function setTransshipment(db: Db, code: string, station: string | undefined): Promise<void> {
  await db
    .insertInto('train')
    .values({ code, transshipmentStation: station ?? null })
    .onConflict((conflict) =>
      conflict.column('code').doUpdateSet({ transshipmentStation: station ?? null, updatedAt: sql<Date>`now()` }),
    )
    .execute()
}
