import { type Db, deliveries, emailRecipients, type StoredFile, storedFiles } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { languageOf, notice as noticeOf, renderNotice, toPlainText } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { deliveryPriority, type Handler, JobDelayed, sendTelegram } from '@atermtrack/queue'
import type { MailAttachment, Mailer, OutgoingMail, SendOutcome } from './mailer.ts'

export interface SendEmailDependencies extends Outbox {
  readonly mailer: Mailer
  readonly policy: AccessPolicy
  /** Names this process in the ledger; unique. */
  readonly holder: string
  /** Zone of times in notices for readers who have chosen none. */
  readonly scheduleZone: string
  readonly now: () => Date
}

/** Starts of one message, spread over some three hours: grey lists and short outages end within that. */
const mostAttempts = 12
const firstPauseMs = 30_000
const longestPauseMs = 30 * 60_000

/**
 * Sends an e-mail of the ledger. The row is `sending` before anything leaves, so that a message is never sent twice
 * silently. An address that the server refuses for good gets nothing more, and its owner is notified in the chat.
 */
export function createSendEmail(dependencies: SendEmailDependencies): Handler<{ readonly deliveryId: number }> {
  const { db, mailer, holder, policy } = dependencies
  return async ({ deliveryId }, { logger }) => {
    const claim = await deliveries.claim(db, deliveryId, { holder, policy })
    if (claim.kind === 'in_flight' || claim.kind === 'not_before') throw new JobDelayed(claim.delayMs)
    if (claim.kind !== 'claimed') {
      logger.info({ deliveryId, claim }, 'nothing to send')
      return
    }
    const recipient = await emailRecipients.prepare(db, deliveryId, mailer)
    const content = contentOf(claim.delivery, dependencies)
    const mail =
      recipient?.mayReceive && content.kind === 'content'
        ? compose(db, claim.delivery, { ...content, recipient })
        : undefined
    const sent = mail ? await mailer.send(mail) : content.kind === 'refused' ? content : nothingToSend
    const outcome = toOutcome(sent, claim.delivery.attempts)
    await transact(dependencies, async (tx) => {
      await deliveries.recordOutcome(tx, deliveryId, outcome, { holder })
      if (sent.kind === 'bad_address' && mail) await pauseAddress(tx, deliveryId, mail.to)
    })
    if (sent.kind === 'sent') logger.info({ deliveryId }, 'e-mail is sent')
    else logger.warn({ deliveryId, outcome }, 'e-mail is not sent')
    if (outcome.status === 'retry') throw new JobDelayed(outcome.afterMs)
  }
}

async function pauseAddress(tx: Tx, deliveryId: number, address: string): Promise<void> {
  const paused = await emailRecipients.pause(tx, deliveryId, { address, because: 'bounced' })
  if (!paused) return
  const { id, chatId, personId } = paused
  const notice = noticeOf('email_paused', { id, address: paused.address, because: 'bounced' })
  const message = await deliveries.insertMessage(tx, { kind: 'alert', chatId, personId, notice })
  tx.enqueue(sendTelegram, { deliveryId: message.id }, { priority: deliveryPriority.alert })
}

const nothingToSend: SendOutcome = {
  kind: 'refused',
  code: undefined,
  error: 'the address is paused or not proved any more, or the workbook is gone',
}

type Content =
  | { readonly kind: 'content'; readonly subject: string; readonly text: string; readonly html?: string | undefined }
  | { readonly kind: 'refused'; readonly code: undefined; readonly error: string }

/** The text of the ledger, or a notice rendered in the current language of its reader. */
function contentOf(
  { notice, subject = '', text = '', emailHtml: html, reader }: deliveries.ClaimedDelivery,
  { scheduleZone, now }: SendEmailDependencies,
): Content {
  if (notice === undefined) return { kind: 'content', subject, text, html }
  const language = languageOf(reader.language)
  const rendered = renderNotice(notice, { language, zone: reader.zone ?? scheduleZone, now: now() })
  if (rendered.kind === 'unknown') return { kind: 'refused', code: undefined, error: rendered.reason }
  return { kind: 'content', subject: rendered.subject ?? '', text: toPlainText(rendered.html) }
}

function compose(
  db: Db,
  { kind, document }: deliveries.ClaimedDelivery,
  {
    recipient: { address: to, emailAddressId, isOfList, messageId },
    subject,
    text,
    html,
  }: Pick<OutgoingMail, 'subject' | 'text' | 'html'> & { readonly recipient: emailRecipients.EmailRecipient },
): OutgoingMail | undefined {
  if (document && !document.file) return undefined
  return {
    messageId,
    to,
    subject,
    text,
    html,
    ...((emailAddressId !== undefined || isOfList) &&
      kind !== 'code' && { unsubscribeSubject: `unsubscribe ${messageId}` }),
    ...(document?.file && { attachment: attach(db, document.fileName, document.file) }),
  }
}

function attach(db: Db, fileName: string, file: StoredFile): MailAttachment {
  return { fileName, read: () => storedFiles.readPieces(db, file) }
}

function toOutcome(sent: SendOutcome, attempts: number): deliveries.Outcome {
  if (sent.kind === 'sent') return { status: 'sent' }
  if (sent.kind === 'unknown') return { status: 'unknown', error: sent.error }
  const { code, error } = sent
  if (sent.kind !== 'temporary' || attempts >= mostAttempts) return { status: 'failed', code, error }
  return { status: 'retry', code, error, afterMs: pauseAfter(attempts) }
}

function pauseAfter(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1))
}
