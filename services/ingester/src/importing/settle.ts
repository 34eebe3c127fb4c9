import { type Db, people, workbookDesk, workbooks, type WorkbookVerdict } from '@atermtrack/data'
import { isAdmin, isWorthTelling } from '@atermtrack/domain'
import { type Notice, notice, type NoticeParams } from '@atermtrack/messages'
import { notifyWithinPeriod, say, tellAdmins } from '../tell-admins.ts'
import { arrivalTime } from './guards.ts'
import { isStranger, type TrustedSenders } from './trusted-senders.ts'
import type { DislocationDigest, RosterDigest, TerminalDigest } from './workbook-digest.ts'

/** A workbook whose import has begun. */
export type PendingWorkbook = NonNullable<Awaited<ReturnType<typeof workbooks.beginAttempt>>>

export interface Settled {
  readonly verdict: WorkbookVerdict
  /** Workbooks that this one held, and messages about it: their bells ring after the commit. */
  readonly workbookIds: readonly number[]
  readonly deliveryIds: readonly number[]
  /** Files that are given back with statuses. */
  readonly reportIds?: readonly number[]
}

export interface SettleOptions {
  /** Persons and groups that hear of workbooks which wait for a decision. */
  readonly adminChatIds: readonly number[]
  readonly senders: TrustedSenders
  /** The train that a roster is of. */
  readonly trainCode?: string | undefined
  /** What the admins should know of a report that was taken in. */
  readonly doubts?: Pick<NoticeParams<'import_doubtful'>, 'futureCount' | 'ahead'>
}

type Told = Pick<PendingWorkbook, 'id' | 'origin' | 'fileName' | 'sender' | 'senderUnproven' | 'replyChatId'>

/**
 * Ends an import: the verdict is the state of the row from now on. In the same transaction who sent it by hand and who asked for
 * it are told, and the admins of a workbook that waits, cannot be read, or tells of times that cannot be. Undefined when another
 * job has settled it meanwhile.
 */
export async function settle(
  tx: Db,
  workbook: Told,
  verdict: WorkbookVerdict,
  options: SettleOptions,
): Promise<Settled | undefined> {
  if (!(await workbooks.finish(tx, workbook.id, verdict))) return undefined
  const sender = await findSender(tx, workbook, options)
  const asker = await workbookDesk.findAsker(tx, workbook.id)
  const rejectedDuplicate =
    verdict.status === 'quarantined' ? await workbookDesk.findRejectedTwin(tx, workbook.id) : undefined
  const told = { ...workbook, ...verdict, trainCode: options.trainCode, rejectedDuplicate }
  const deliveryIds: number[] = []
  if (sender) deliveryIds.push(await reply(tx, told, { ...sender, isOwn: true }))
  if (asker && asker.chatId !== sender?.chatId) {
    deliveryIds.push(await reply(tx, told, { ...asker, isAdmin: true, isOwn: false }))
  }
  const single = noticeForAdmins(told, sender)
  // Who has just heard of it with the buttons need not hear it twice.
  const except = [sender?.chatId, asker?.chatId]
  if (single) {
    const topic = isStranger(options.senders, workbook) ? 'strangers' : 'files'
    const entry = { name: workbook.fileName, reason: verdict.reason ?? '' }
    deliveryIds.push(...(await notifyWithinPeriod(tx, options.adminChatIds, { topic, entry, single, except })))
  }
  deliveryIds.push(...(await tellOfDoubts(tx, told, options)))
  return { verdict, workbookIds: [], deliveryIds }
}

type ToldVerdict = Told &
  WorkbookVerdict & { readonly rejectedDuplicate: number | undefined } & Pick<SettleOptions, 'trainCode'>

/** What admins hear who had no part in it; undefined for nothing. Who brought an unreadable file by hand is told alone. */
function noticeForAdmins(told: ToldVerdict, sender: Sender | undefined): Notice | undefined {
  if (told.status === 'quarantined') return notice('workbook_waits', told)
  const isRefused = told.status === 'refused' && !sender && isWorthTelling(told)
  return isRefused ? notice('workbook_refused', told) : undefined
}

/** Nobody has read of these in the result of the import, not even who brought the file. */
async function tellOfDoubts(
  tx: Db,
  told: ToldVerdict,
  { adminChatIds, doubts }: SettleOptions,
): Promise<readonly number[]> {
  if (!doubts || (doubts.futureCount === 0 && !doubts.ahead)) return []
  return tellAdmins(tx, adminChatIds, notice('import_doubtful', { ...told, ...doubts }))
}

/** Ends the import of a copy: the report it repeats is as fresh as this arrival. */
export async function settleDuplicate(
  tx: Db,
  workbook: PendingWorkbook,
  { twinId, ...verdict }: Omit<WorkbookVerdict, 'status'> & { readonly twinId: number },
  options: SettleOptions,
): Promise<Settled | undefined> {
  await workbooks.confirm(tx, twinId, arrivalTime(workbook))
  return settle(tx, workbook, { ...verdict, status: 'duplicate', reasonDetail: String(twinId) }, options)
}

/** What a verdict keeps of the reading, whichever way the import ends. */
export function verdictOfReading(digest: DislocationDigest | TerminalDigest | RosterDigest) {
  const { kind, contentHash, rowCount, skippedCount, warnings, unknownColumns, head } = digest
  return { kind, contentHash, rowCount, skippedCount, warnings, unknownColumns, head }
}

interface Sender {
  readonly chatId: number
  /** Undefined for somebody who was erased since. */
  readonly personId: number | undefined
  readonly isAdmin: boolean
}

/** Who sent the workbook by hand; undefined for one that came by itself. */
export async function findSender(
  tx: Db,
  { replyChatId: chatId }: Told,
  { adminChatIds }: SettleOptions,
): Promise<Sender | undefined> {
  if (chatId === null) return undefined
  const person = await people.findByTelegramId(tx, chatId)
  // Who is not known yet can be named in the settings all the same.
  const { role, access } = person ?? { role: null, access: 'none' }
  const decides = isAdmin({ telegramId: chatId, role, access }, adminChatIds)
  return { chatId, personId: person?.id, isAdmin: decides }
}

async function reply(
  tx: Db,
  told: ToldVerdict,
  { chatId, personId, isAdmin, isOwn }: Sender & { readonly isOwn: boolean },
): Promise<number> {
  const decides = isAdmin && told.status === 'quarantined'
  const content = decides
    ? notice('workbook_waits', { ...told, isOwn })
    : notice('workbook_result', { ...told, isAdmin })
  return say(tx, content, { kind: 'answer', chatId, personId })
}
