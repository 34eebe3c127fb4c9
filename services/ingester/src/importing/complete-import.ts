import { type Db, isAcceptedStatus, people, reviewQueue, workbooks, type WorkbookVerdict } from '@atermtrack/data'
import { isAdmin, needsNotice } from '@atermtrack/domain'
import { type Notice, notice } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { requestDetection } from '../events/request-detection.ts'
import { notifyWithinPeriod, say, notifyAdmins } from '../notify-admins.ts'
import type { Completion, ImportSettings, PendingWorkbook, Sender } from './outcome.ts'
import { isStranger } from './trusted-senders.ts'

type WorkbookFacts = Pick<PendingWorkbook, 'id' | 'origin' | 'fileName' | 'sender' | 'senderUnproven' | 'replyChatId'>

type Audience = Pick<ImportSettings, 'adminChatIds' | 'senders'>

/**
 * Completes an import: the verdict is the state of the row from now on. The same transaction notifies the sender of a file that came by
 * hand and the admin who asked for the import, and the admins about a workbook that waits, cannot be read, or holds times that cannot
 * be. Returns the verdict, or undefined when another job has completed the import meanwhile.
 */
export async function completeImport(
  tx: Tx,
  workbook: WorkbookFacts,
  { verdict, storeAccepted, trainCode, doubts, givenBackTo }: Completion,
  audience: Audience,
): Promise<WorkbookVerdict | undefined> {
  if (!(await workbooks.finish(tx, workbook.id, verdict))) return undefined
  await storeAccepted?.()
  if (isAcceptedStatus(verdict.status) && hasContainers(verdict)) await requestDetection(tx, workbook.id)
  if (givenBackTo) {
    const content = notice('workbook_given_back', { ...workbook, isAdmin: givenBackTo.isAdmin })
    await say(tx, content, { kind: 'answer', ...addressOf(givenBackTo) })
    return verdict
  }
  const sender = await findSender(tx, workbook, audience)
  const asker = await reviewQueue.findAsker(tx, workbook.id)
  const rejectedDuplicate =
    verdict.status === 'quarantined' ? await reviewQueue.findRejectedDuplicate(tx, workbook.id) : undefined
  const completed = { ...workbook, ...verdict, trainCode, rejectedDuplicate }
  if (sender) await reply(tx, completed, { ...sender, isOwn: true })
  if (asker && asker.chatId !== sender?.chatId) await reply(tx, completed, { ...asker, isAdmin: true, isOwn: false })
  // The two were notified with the buttons just now.
  await notifyOthers(tx, completed, {
    ...audience,
    single: noticeForAdmins(completed, sender),
    except: [sender?.chatId, asker?.chatId],
  })
  if (doubts) await notifyAboutDoubts(tx, { ...completed, ...doubts }, audience)
  return verdict
}

/** The events of containers follow from reports; the list of a train changes none of them. */
function hasContainers({ kind }: WorkbookVerdict): boolean {
  return kind === 'dislocation' || kind === 'terminal_report'
}

async function notifyOthers(
  tx: Tx,
  workbook: CompletedWorkbook,
  options: Audience & { readonly single: Notice | undefined; readonly except: readonly (number | undefined)[] },
): Promise<void> {
  const { adminChatIds, senders, single, except } = options
  if (!single) return
  const topic = isStranger(senders, workbook) ? 'strangers' : 'files'
  const entry = { name: workbook.fileName, reason: workbook.reason ?? '' }
  await notifyWithinPeriod(tx, adminChatIds, { topic, entry, single, except })
}

type CompletedWorkbook = WorkbookFacts &
  WorkbookVerdict & { readonly rejectedDuplicate: number | undefined; readonly trainCode: string | undefined }

/** The notice for admins who had no part in the import, if any. Only its sender is notified about an unreadable file sent by hand. */
function noticeForAdmins(completed: CompletedWorkbook, sender: Sender | undefined): Notice | undefined {
  if (completed.status === 'quarantined') return notice('workbook_waits', completed)
  const isRefused = completed.status === 'refused' && !sender && needsNotice(completed)
  return isRefused ? notice('workbook_refused', completed) : undefined
}

/** The result of the import does not mention these, not even to the sender of the file. */
async function notifyAboutDoubts(
  tx: Tx,
  completed: CompletedWorkbook & NonNullable<Completion['doubts']>,
  { adminChatIds }: Audience,
): Promise<void> {
  if (completed.futureCount === 0 && !completed.ahead) return
  await notifyAdmins(tx, adminChatIds, notice('import_doubtful', completed))
}

/** The sender of a workbook by hand; undefined for one that came by itself. */
export async function findSender(
  tx: Db,
  { replyChatId: chatId }: WorkbookFacts,
  { adminChatIds }: Pick<Audience, 'adminChatIds'>,
): Promise<Sender | undefined> {
  if (chatId === null) return undefined
  const person = await people.findByTelegramId(tx, chatId)
  // The settings can name a person whom the database does not know yet.
  const { role, access } = person ?? { role: null, access: 'none' }
  const decides = isAdmin({ telegramId: chatId, role, access }, adminChatIds)
  return { chatId, personId: person?.id, isAdmin: decides }
}

async function reply(
  tx: Tx,
  completed: CompletedWorkbook,
  reader: Sender & { readonly isOwn: boolean },
): Promise<void> {
  const { isAdmin, isOwn } = reader
  const decides = isAdmin && completed.status === 'quarantined'
  const content = decides
    ? notice('workbook_waits', { ...completed, isOwn })
    : notice('workbook_result', { ...completed, isAdmin })
  await say(tx, content, { kind: 'answer', ...addressOf(reader) })
}

function addressOf({ chatId, personId }: Sender) {
  return { chatId, personId }
}
