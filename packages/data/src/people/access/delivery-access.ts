import {
  type Access,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  factsOfStranger,
  isAdminGroup,
  scopeKey,
} from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { factColumns, isCompanyRemoved, toPersonFacts } from './allowed-people.ts'
import * as groups from './groups.ts'
import { inviteToAskAgain } from './ask-again.ts'
import * as noAccessNotices from './no-access-notices.ts'

/**
 * Whether a delivery may leave now. Otherwise it is cancelled, or it is gone: its report is built again and gets new deliveries.
 * `later` while the report is leaving by another channel.
 */
export type Passage = 'may_leave' | 'cancelled' | 'gone' | 'later'

/**
 * Checks a delivery that is about to leave against the rights of now. A delivery that its reader may not have any more is cancelled,
 * and the reader is notified; a report that was built for another scope is built again. Fixed e-mail recipients and notices that everybody may
 * read pass.
 */
export async function checkDelivery(db: Db, id: number, policy: AccessPolicy): Promise<Passage> {
  const delivery = await look(db, id)
  if (!delivery || delivery.audience === 'anybody') return 'may_leave'
  const { access, isOfAdmins } = await rightsOf(db, delivery, policy)
  if (access.kind !== 'allowed') return cancel(db, { ...delivery, id }, access)
  const { reportId, isAnswer, isRepeat, answerBuiltFor, reportBuiltFor } = delivery
  if (delivery.audience === 'admin' && !isOfAdmins) {
    return isAnswer ? cancelAnswer(db, { ...delivery, id }) : cancel(db, { ...delivery, id }, { kind: 'removed' })
  }
  if (answerBuiltFor !== null && answerBuiltFor !== scopeKey(access.scope)) return cancelAnswer(db, { ...delivery, id })
  if (reportId === null) return 'may_leave'
  // The scope of a report from an earlier release is not known.
  const isBuiltForThis =
    reportBuiltFor === null ? access.scope.kind === 'all' : reportBuiltFor === scopeKey(access.scope)
  if (isBuiltForThis) return 'may_leave'
  // The reader has asked for exactly this file, and has had it: another one would surprise them.
  return isRepeat ? cancelAnswer(db, { ...delivery, id }) : buildAgain(db, reportId)
}

type Looked = NonNullable<Awaited<ReturnType<typeof look>>>

/** The person of a private chat is known by its id, also where the row names nobody. */
async function look(db: Db, id: number) {
  return db
    .selectFrom('delivery')
    .leftJoin('report', 'report.id', 'delivery.reportId')
    .leftJoin('person', (join) =>
      join.on(
        sql<boolean>`person.id = case when delivery.chat_id > 0
          then (select own.id from person as own where own.telegram_id = delivery.chat_id) else delivery.person_id end`,
      ),
    )
    .select(['audience', 'delivery.kind', 'delivery.chatId', 'delivery.reportId', 'report.name'])
    .select(['delivery.builtFor as answerBuiltFor', 'report.builtFor as reportBuiltFor'])
    .select(sql<boolean>`answers_update is not null`.as('isAnswer'))
    .select(sql<boolean>`repeats_id is not null`.as('isRepeat'))
    .select(['person.id as personId', ...factColumns])
    .select(isCompanyRemoved('person').as('isCompanyRemoved'))
    .where('delivery.id', '=', id)
    .executeTakeFirst()
}

async function rightsOf(
  db: Db,
  delivery: Looked,
  policy: AccessPolicy,
): Promise<{ readonly access: Access; readonly isOfAdmins: boolean }> {
  const person = toPersonFacts(delivery)
  const group = delivery.chatId === null ? undefined : await groups.factsOf(db, delivery.chatId)
  if (group) return { access: accessInGroup(group, person, policy), isOfAdmins: isAdminGroup(group, policy) }
  const access = accessOf(person ?? factsOfStranger(delivery.chatId ?? 0), policy)
  return { access, isOfAdmins: access.kind === 'allowed' && access.role === 'admin' }
}

/** The person is not notified about a broadcast, a notice to admins or a message for a group. */
async function cancel(
  db: Db,
  { id, kind, audience, chatId, personId, name }: Looked & { readonly id: number },
  access: Exclude<Access, { kind: 'allowed' }>,
): Promise<Passage> {
  const isPersonal = audience === 'member' && kind !== 'broadcast' && (chatId === null || chatId > 0)
  await db.transaction().execute(async (tx) => {
    const isCancelled = await markCancelled(tx, id, `no access: ${access.kind}`)
    if (!isCancelled || !isPersonal || personId === null) return
    const notice = await noAccessNotices.insertOnce(tx, personId, { access, name: name ?? undefined })
    if (notice) await leaveToSweep(tx, notice.id)
  })
  return 'cancelled'
}

/** A reader who still has access, but other rights than when they asked, is invited to ask again; not a group, nor about an alert. */
async function cancelAnswer(
  db: Db,
  { id, chatId, personId, isAnswer, isRepeat }: Looked & { readonly id: number },
): Promise<Passage> {
  await db.transaction().execute(async (tx) => {
    const isCancelled = await markCancelled(tx, id, 'the rights of its reader have changed')
    const isAsked = isAnswer || isRepeat
    if (!isCancelled || !isAsked || personId === null || (chatId !== null && chatId < 0)) return
    const notice = await inviteToAskAgain(tx, personId)
    if (notice) await leaveToSweep(tx, notice.id)
  })
  return 'cancelled'
}

async function markCancelled(tx: Db, id: number, error: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ status: 'cancelled', error, finishedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', 'in', ['pending', 'retry'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The claim of a delivery enqueues nothing itself; the sweep of the next minute does. */
async function leaveToSweep(tx: Db, deliveryId: number): Promise<void> {
  await tx.updateTable('delivery').set({ enqueuedAt: longAgo }).where('id', '=', deliveryId).execute()
}

const longAgo = sql<Date>`now() - interval '1 hour'`

/**
 * Withdraws the deliveries of a report that have not left, and lets the report wait to be built again. Those that have left stay as
 * they are; one that is leaving comes first, since its file is read meanwhile. The sweep of the next minute has the report built.
 */
async function buildAgain(db: Db, reportId: number): Promise<Passage> {
  return db.transaction().execute(async (tx) => {
    if (await isLeaving(tx, reportId)) return 'later'
    const { numUpdatedRows } = await tx
      .updateTable('report')
      .set({
        status: 'pending',
        content: null,
        fileName: null,
        telegramFileId: null,
        builtFor: null,
        builtAt: null,
        attempts: 0,
        enqueuedAt: longAgo,
      })
      .where('id', '=', reportId)
      .where('status', '=', 'built')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return 'gone'
    await tx
      .deleteFrom('delivery')
      .where('reportId', '=', reportId)
      .where('status', 'in', ['pending', 'retry'])
      .execute()
    return 'gone'
  })
}

async function isLeaving(tx: Db, reportId: number): Promise<boolean> {
  const sending = await tx
    .selectFrom('delivery')
    .select('id')
    .where('reportId', '=', reportId)
    .where('status', '=', 'sending')
    .executeTakeFirst()
  return sending !== undefined
}
