import { type NotNull, sql } from 'kysely'
import { renewMessagesAbout } from '../alerts/alert-corrections.ts'
import type { Db } from '../platform/client.ts'
import { lockParties } from '../visibility/parties.ts'
import { claimAccepted, markUndone } from '../workbooks/workbook-undo.ts'
import { containersOfTrain, resolveTrain } from './resolve-train.ts'
import { withdraw } from './train-rosters.ts'

/** A train by the list that counts, before somebody corrects it. */
export interface CorrectableTrain {
  readonly code: string
  readonly workbookId: number
  readonly destination: string | null
  readonly sentAt: Date
  /** How many the list that counts holds. */
  readonly containers: number
  /** How many lists of the train there are, those that newer ones replaced among them. */
  readonly lists: number
}

/** A train without a check of scope, since only those who see all containers may correct it; undefined when no list of it counts. */
export async function find(db: Db, code: string): Promise<CorrectableTrain | undefined> {
  return db
    .selectFrom('currentTrainRoster as list')
    .select(['list.trainCode as code', 'list.workbookId', 'list.destination', 'list.sentAt'])
    .select((eb) => [
      eb
        .selectFrom('trainRosterRow as row')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('row.workbookId', '=', 'list.workbookId')
        .as('containers'),
      eb
        .selectFrom('trainRoster as any')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('any.trainCode', '=', 'list.trainCode')
        .as('lists'),
    ])
    .where('list.trainCode', '=', code)
    .$narrowType<{ code: NotNull; workbookId: NotNull; sentAt: NotNull; containers: NotNull; lists: NotNull }>()
    .executeTakeFirst()
}

/**
 * The same, with the lists of the train locked for the rest of the transaction. An import locks its lists first and the parties
 * second, so that the two never wait for each other.
 */
export async function claim(tx: Db, code: string): Promise<CorrectableTrain | undefined> {
  await lockTrains(tx, [code])
  return find(tx, code)
}

/** Locks the lists of trains for the rest of the transaction, in one order, and then the parties. */
export async function lockTrains(tx: Db, codes: readonly string[]): Promise<void> {
  await tx
    .selectFrom('trainRoster')
    .select('workbookId')
    .where('trainCode', 'in', [...codes])
    .orderBy('workbookId')
    .forUpdate()
    .execute()
  await lockParties(tx)
}

/** Changes where a claimed train goes; a newer list of it says it again. */
export async function setDestination(tx: Db, { workbookId }: CorrectableTrain, destination: string): Promise<void> {
  await tx.updateTable('trainRoster').set({ destination }).where('workbookId', '=', workbookId).execute()
}

/**
 * Changes the date of the list that counts of a claimed train. False when an earlier list of the train would count instead: that
 * would be another train with other containers.
 */
export async function setSentAt(tx: Db, { code, workbookId }: CorrectableTrain, sentAt: Date): Promise<boolean> {
  const later = await tx
    .selectFrom('trainRoster')
    .innerJoin('workbook', 'workbook.id', 'trainRoster.workbookId')
    .select('workbookId')
    .where('trainCode', '=', code)
    .where('workbookId', '!=', workbookId)
    .where('workbook.status', '=', 'imported')
    .where('trainRoster.sentAt', '>=', sentAt)
    .limit(1)
    .executeTakeFirst()
  if (later) return false
  await tx.updateTable('trainRoster').set({ sentAt }).where('workbookId', '=', workbookId).execute()
  await resolveTrain(tx, containersOfTrain(code))
  return true
}

/**
 * Gives a claimed train another code, with all its lists and everything that names it: the transshipment station, subscriptions,
 * mail lists, reports that wait, audiences of broadcasts, and the buttons of messages about its containers. False when another train has the code.
 */
export async function rename(tx: Db, { code }: CorrectableTrain, to: string): Promise<boolean> {
  const other = await tx.selectFrom('trainRoster').select('workbookId').where('trainCode', '=', to).executeTakeFirst()
  if (other) return false
  await tx.updateTable('trainRoster').set({ trainCode: to }).where('trainCode', '=', code).execute()
  // Left by a train that was removed.
  await tx.deleteFrom('train').where('code', '=', to).execute()
  await tx.updateTable('train').set({ code: to }).where('code', '=', code).execute()
  await tx
    .deleteFrom('trainMove')
    .where((eb) => eb.or([eb('fromCode', '=', to), eb('toCode', '=', to)]))
    .execute()
  await tx.updateTable('trainMove').set({ fromCode: to }).where('fromCode', '=', code).execute()
  await tx.updateTable('trainMove').set({ toCode: to }).where('toCode', '=', code).execute()
  await tx
    .updateTable('subscription')
    .set({ subjectText: to })
    .where('subject', '=', 'train')
    .where('subjectText', '=', code)
    .execute()
  await tx
    .updateTable('mailList')
    .set({ trains: sql<string[]>`array_replace(trains, ${code}, ${to})` })
    .where(sql<boolean>`${code} = any(trains)`)
    .execute()
  await tx
    .updateTable('report')
    .set({ trainCode: to })
    .where('trainCode', '=', code)
    .where('status', '=', 'pending')
    .execute()
  await sql`
    update broadcast set audience = jsonb_set(audience, '{text}', to_jsonb(${to}::text))
    where audience ->> 'subject' = 'train' and audience ->> 'text' = ${code}`.execute(tx)
  await renewMessagesAbout(tx, containersOfTrain(to))
  return true
}

/**
 * Removes a claimed train: the imports of all its lists are undone, so that an admin can accept them again. Positions, movements
 * and subscriptions stay.
 */
export async function remove(tx: Db, { code }: CorrectableTrain): Promise<void> {
  await renewMessagesAbout(tx, containersOfTrain(code))
  const lists = await tx
    .selectFrom('trainRoster')
    .select('workbookId')
    .where('trainCode', '=', code)
    .orderBy('workbookId')
    .execute()
  for (const { workbookId } of lists) {
    const workbook = await claimAccepted(tx, workbookId)
    await withdraw(tx, workbookId)
    if (workbook) await markUndone(tx, workbook)
  }
}
