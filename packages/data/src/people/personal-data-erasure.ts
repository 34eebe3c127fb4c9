import { sql } from 'kysely'
import * as accessWaits from './access-waits.ts'
import * as audit from './audit.ts'
import { deleteFilesAboutPeople } from '../exports/export-reports.ts'
import type { Db } from '../platform/client.ts'
import { deliveriesTo, isUpdateOf, noticesAbout, telegramIdOf } from './personal-data-subject.ts'
import { deleteUnusedFiles } from '../platform/unused-files.ts'

/** Whom it is about, while the row of the person still says so. */
interface Subject {
  readonly id: number
  readonly telegramId: number
  /** Replaces their Telegram id: no chat has it. */
  readonly nobody: number
}

/**
 * Erases a person: rows of theirs alone are deleted, rows that others need stay without a trace of the person. `updateId` is the
 * update by which they ask for it, undefined on the command line; others of theirs that wait are closed, so that none brings the
 * person back. Needs a transaction. The row of the person comes last, since others who hold rows of theirs are waiting for it.
 */
export async function erase(
  tx: Db,
  personId: number,
  { updateId }: { readonly updateId?: number } = {},
): Promise<void> {
  const telegramId = await telegramIdOf(tx, personId)
  const subject = { id: personId, telegramId, nobody: -personId }
  await deleteOwn(tx, subject)
  const sources = [...(await listSources(tx, subject)), ...(await deleteTemplates(tx, personId))]
  await blankReports(tx, subject)
  await deleteUnusedFiles(tx, sources)
  await deleteFilesAboutPeople(tx)
  await blankDeliveries(tx, subject)
  await deleteSubscriptions(tx, personId)
  await tx.deleteFrom('emailAddress').where('personId', '=', personId).execute()
  await tx.deleteFrom('lateRegisterReader').where('personId', '=', personId).execute()
  await blankBroadcasts(tx, subject)
  // No update has the number 0.
  await blankUpdates(tx, subject, updateId ?? 0)
  const actor = updateId === undefined ? {} : { actorId: personId }
  await audit.insert(tx, { ...actor, action: 'person.erased', object: `person:${personId}` })
  await accessWaits.keep(tx, personId)
  await blankPerson(tx, subject)
}

/** Their lists, and what others send them. */
async function deleteSubscriptions(tx: Db, personId: number): Promise<void> {
  const own = tx.selectFrom('subscription').select('id').where('personId', '=', personId)
  await tx.deleteFrom('subscriptionSnapshot').where('subscriptionId', 'in', own).execute()
  await tx.deleteFrom('subscriptionItem').where('subscriptionId', 'in', own).execute()
  await tx
    .deleteFrom('subscriptionTarget')
    .where((eb) => eb.or([eb('subscriptionId', 'in', own), eb('personId', '=', personId)]))
    .execute()
  await tx.deleteFrom('subscriptionDraft').where('personId', '=', personId).execute()
  await tx.deleteFrom('subscription').where('personId', '=', personId).execute()
}

async function deleteOwn(tx: Db, { id, telegramId }: Subject): Promise<void> {
  await tx.deleteFrom('lookup').where('personId', '=', id).execute()
  await tx.deleteFrom('notUnderstood').where('personId', '=', id).execute()
  await tx.deleteFrom('personDay').where('personId', '=', id).execute()
  await tx.deleteFrom('dialog').where('personId', '=', id).execute()
  await tx.deleteFrom('incomingDocument').where('personId', '=', id).execute()
  await tx.updateTable('workbook').set({ replyChatId: null }).where('replyChatId', '=', telegramId).execute()
  await tx.updateTable('chatGroup').set({ addedBy: null }).where('addedBy', '=', id).execute()
  const alerts = tx.selectFrom('alert').select('id').where('personId', '=', id)
  await tx
    .deleteFrom('alertEvent')
    .where((eb) => eb.or([eb('chatId', '=', telegramId), eb('alertId', 'in', alerts)]))
    .execute()
  await tx.deleteFrom('alert').where('personId', '=', id).execute()
  await blankMarks(tx, id)
  await tx.deleteFrom('chatPace').where('chatId', '=', telegramId).execute()
  await tx.deleteFrom('chatUsage').where('chatId', '=', telegramId).execute()
}

/** A container that they took is free again; their notes go. */
async function blankMarks(tx: Db, id: number): Promise<void> {
  await tx.updateTable('attentionMark').set({ takenBy: null, takenAt: null }).where('takenBy', '=', id).execute()
  await tx.updateTable('attentionMark').set({ note: null, noteBy: null }).where('noteBy', '=', id).execute()
  await tx.updateTable('attentionMark').set({ hiddenBy: null }).where('hiddenBy', '=', id).execute()
}

/** Workbooks of their own that people had completed. */
async function listSources(tx: Db, { id }: Subject): Promise<readonly Buffer[]> {
  const rows = await tx
    .selectFrom('report')
    .select('sourceSha256')
    .distinct()
    .where('personId', '=', id)
    .where('sourceSha256', 'is not', null)
    .execute()
  return rows.flatMap(({ sourceSha256 }) => (sourceSha256 === null ? [] : [sourceSha256]))
}

/** Workbooks of their own that their reports fill; returns their files. */
async function deleteTemplates(tx: Db, personId: number): Promise<readonly Buffer[]> {
  const own = tx.selectFrom('subscription').select('id').where('personId', '=', personId)
  const rows = await tx
    .deleteFrom('subscriptionTemplate')
    .where('subscriptionId', 'in', own)
    .returning('sourceSha256')
    .execute()
  return rows.map(({ sourceSha256 }) => sourceSha256)
}

/** A report that waits is not built any more; one that is being built finds that it does not wait. */
async function blankReports(tx: Db, { id, nobody }: Subject): Promise<void> {
  await tx
    .updateTable('report')
    .set({
      chatId: nobody,
      subscriptionId: null,
      name: null,
      containers: [],
      missing: null,
      fileName: null,
      content: null,
      sourceSha256: null,
      telegramFileId: null,
      status: sql`case when status = 'pending' then 'skipped'::report_status else status end`,
    })
    .where('personId', '=', id)
    .execute()
}

/**
 * Cancels the deliveries that wait. One that is being sent keeps its state, and its sender records the outcome; should it come
 * again, there is nothing left to send. Notices about the person, such as their request for access, are known by the Telegram id.
 */
async function blankDeliveries(tx: Db, { id, telegramId, nobody }: Subject): Promise<void> {
  await sql`
    update delivery set
      text = null, markup = null, notice = null, subject = null,
      chat_id = case when chat_id = ${telegramId} then ${nobody} else chat_id end,
      status = case when status in ('pending', 'retry') then 'cancelled'::delivery_status else status end,
      finished_at = case when status in ('pending', 'retry') then now() else finished_at end
    where id in (${deliveriesTo({ personId: id, telegramId })} union ${noticesAbout({ telegramId })})
  `.execute(tx)
}

async function blankBroadcasts(tx: Db, { id, nobody }: Subject): Promise<void> {
  await tx.deleteFrom('broadcast').where('authorId', '=', id).where('status', '=', 'draft').execute()
  await tx.updateTable('broadcast').set({ chatId: nobody }).where('authorId', '=', id).execute()
}

/** The rows stay: an update that Telegram repeats is known by its id. */
async function blankUpdates(tx: Db, { telegramId, nobody }: Subject, updateId: number): Promise<void> {
  await tx
    .updateTable('telegramUpdate')
    .set({ doneAt: sql<Date>`now()`, outcome: 'ignored', answers: null })
    .where('chatId', '=', telegramId)
    .where('doneAt', 'is', null)
    .where('updateId', '!=', updateId)
    .execute()
  await tx
    .updateTable('telegramUpdate')
    .set({
      payload: '{}',
      answers: null,
      chatId: sql`case when chat_id = ${telegramId} then ${nobody} else chat_id end`,
    })
    .where(isUpdateOf(telegramId))
    .where((eb) => eb.or([eb('doneAt', 'is not', null), eb('updateId', '=', updateId)]))
    .execute()
}

async function blankPerson(tx: Db, { id, nobody }: Subject): Promise<void> {
  await tx
    .updateTable('person')
    .set({
      telegramId: nobody,
      firstName: '',
      lastName: null,
      username: null,
      language: 'ru',
      chosenLanguage: null,
      zone: null,
      quietFrom: null,
      quietUntil: null,
      hiddenCardParts: [],
      holdsAlerts: false,
      commandsShown: null,
      role: null,
      access: 'none',
      accessAbout: null,
      companyId: null,
      accessRequestedAt: null,
      accessDecidedAt: null,
      accessDecidedBy: null,
      noAccessToldAt: null,
      // Nothing is sent to them any more, not even what goes to everybody.
      unreachableSince: sql<Date>`now()`,
      unreachableReason: 'erased',
      erasedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .execute()
}
