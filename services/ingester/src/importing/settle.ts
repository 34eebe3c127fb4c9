import { type Db, deliveries, people, workbooks, type WorkbookVerdict } from '@atermtrack/data'
import { type Notice, quarantineNotice, resultNotice } from '@atermtrack/domain'
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
  /** The train that a roster is of. */
  readonly trainCode?: string | undefined
}

type Told = Pick<PendingWorkbook, 'id' | 'fileName' | 'sender' | 'replyChatId'>

/**
 * Ends an import: the verdict is the state of the row from now on. In the same transaction who sent it by hand is told, and
 * of a quarantined workbook the admins. Undefined when another job has settled it meanwhile.
 */
export async function settle(
  tx: Db,
  workbook: Told,
  verdict: WorkbookVerdict,
  options: SettleOptions,
): Promise<Settled | undefined> {
  if (!(await workbooks.finish(tx, workbook.id, verdict))) return undefined
  const sender = await findSender(tx, workbook, options)
  const deliveryIds: number[] = []
  if (sender) deliveryIds.push(await reply(tx, workbook, verdict, { ...options, ...sender }))
  if (verdict.status === 'quarantined') {
    const notice = quarantineNotice({ ...workbook, ...verdict })
    // Who has just heard of it with the buttons need not hear it twice.
    const others = options.adminChatIds.filter((chatId) => chatId !== sender?.chatId)
    for (const chatId of others) deliveryIds.push(await say(tx, notice, { kind: 'alert', chatId }))
  }
  return { verdict, workbookIds: [], deliveryIds }
}

/** Ends the import of a copy: the report it repeats is as fresh as this arrival. */
export async function settleDuplicate(
  tx: Db,
  workbook: PendingWorkbook,
  { twinId, ...verdict }: Omit<WorkbookVerdict, 'status'> & { readonly twinId: number },
  options: SettleOptions,
): Promise<Settled | undefined> {
  await workbooks.confirm(tx, twinId, mailTime(workbook))
  return settle(tx, workbook, { ...verdict, status: 'duplicate', reasonDetail: String(twinId) }, options)
}

/** What a verdict keeps of the reading, whichever way the import ends. */
export function verdictOfReading(digest: DislocationDigest | TerminalDigest | RosterDigest) {
  const { kind, contentHash, rowCount, skippedCount, warnings, unknownColumns, head } = digest
  return { kind, contentHash, rowCount, skippedCount, warnings, unknownColumns, head }
}

/** When the sender says it was sent, else when it came. */
export function mailTime({ sentAt, receivedAt }: Pick<PendingWorkbook, 'sentAt' | 'receivedAt'>): Date {
  return sentAt ?? receivedAt
}

interface Sender {
  readonly chatId: number
  readonly person: Awaited<ReturnType<typeof people.findByTelegramId>>
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
  return { chatId, person, isAdmin: person?.role === 'admin' || adminChatIds.includes(chatId) }
}

async function reply(
  tx: Db,
  workbook: Told,
  verdict: WorkbookVerdict,
  { chatId, person, isAdmin, trainCode }: Sender & SettleOptions,
): Promise<number> {
  const told = { ...workbook, ...verdict, trainCode }
  const decides = isAdmin && verdict.status === 'quarantined'
  const notice = decides
    ? quarantineNotice(told, { isOwn: true })
    : resultNotice(told, { language: person?.language ?? 'ru', isAdmin })
  return say(tx, notice, { kind: 'answer', chatId, personId: person?.id })
}

export async function say(
  tx: Db,
  { html: text, keyboard }: Notice,
  to: { readonly kind: 'answer' | 'alert'; readonly chatId: number; readonly personId?: number | undefined },
): Promise<number> {
  const markup = keyboard.inline_keyboard.length > 0 ? keyboard : undefined
  return (await deliveries.insertMessage(tx, { ...to, text, markup })).id
}
