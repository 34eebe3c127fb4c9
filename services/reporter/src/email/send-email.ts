import { type Db, deliveries, emailRecipients, type StoredFile, storedFiles } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import {
  escapeWhole,
  languageOf,
  mailEndingTexts,
  notice as noticeOf,
  renderNotice,
  toPlainText,
} from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { deliveryPriority, type Handler, JobDelayed, sendTelegram } from '@atermtrack/queue'
import { metrics } from '@atermtrack/runtime'
import { mailPictureId, withoutPicture } from '../report/letter.ts'
import type { MailAttachment, Mailer, OutgoingMail, SendOutcome } from './mailer.ts'

export interface SendEmailDependencies extends Outbox {
  readonly mailer: Mailer
  readonly policy: AccessPolicy
  /** Somebody reads replies: mail offers to be stopped by one. */
  readonly repliesAreRead: boolean
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
        ? compose(dependencies, claim.delivery, { ...content, recipient })
        : undefined
    const sent = mail ? await mailer.send(mail) : content.kind === 'refused' ? content : nothingToSend
    const outcome = toOutcome(sent, claim.delivery.attempts)
    metrics.deliveries.add({ channel: 'email', outcome: outcome.status })
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
  const rendered = renderNotice(notice, {
    language,
    zone: reader.zone ?? scheduleZone,
    chosenZone: reader.zone,
    now: now(),
  })
  if (rendered.kind === 'unknown') return { kind: 'refused', code: undefined, error: rendered.reason }
  return { kind: 'content', subject: rendered.subject ?? '', text: toPlainText(rendered.html) }
}

function compose(
  { db, repliesAreRead }: SendEmailDependencies,
  delivery: deliveries.ClaimedDelivery,
  {
    recipient,
    subject,
    text,
    html: written,
  }: Pick<OutgoingMail, 'subject' | 'text' | 'html'> & { readonly recipient: emailRecipients.EmailRecipient },
): OutgoingMail | undefined {
  const { document, mailPicture } = delivery
  if (document && !document.file) return undefined
  const { address: to, messageId } = recipient
  const html = written === undefined || mailPicture ? written : withoutPicture(written)
  const ending = endingOf(delivery, recipient, { repliesAreRead })
  return {
    messageId,
    to,
    subject,
    text: ending.sentence === undefined ? text : `${text}\n\n${ending.sentence}`,
    html:
      html === undefined || ending.sentence === undefined
        ? html
        : `${html}\n<p style="color:#7f7f7f;font-size:12px">${escapeWhole(ending.sentence)}</p>`,
    ...(ending.takesReply && { unsubscribeSubject: `unsubscribe ${messageId}` }),
    ...(mailPicture && { picture: { id: mailPictureId, read: () => storedFiles.readPieces(db, mailPicture) } }),
    ...(document?.file && { attachment: attach(db, document.fileName, document.file) }),
  }
}

/**
 * How a mail can be stopped. Codes and copies for fixed recipients, which the operator alone can stop, say nothing; a person may do so in the bot, and, where
 * replies are read, they and the addresses of a list by a reply.
 */
function endingOf(
  { kind, reader }: deliveries.ClaimedDelivery,
  { emailAddressId, isOfList }: emailRecipients.EmailRecipient,
  { repliesAreRead }: Pick<SendEmailDependencies, 'repliesAreRead'>,
): { readonly sentence: string | undefined; readonly takesReply: boolean } {
  const isOwn = emailAddressId !== undefined
  if (kind === 'code' || !(isOwn || isOfList)) return { sentence: undefined, takesReply: false }
  const words = mailEndingTexts[languageOf(reader.language)]
  if (!isOwn) return { sentence: repliesAreRead ? words.ofList : undefined, takesReply: repliesAreRead }
  return { sentence: repliesAreRead ? words.byReply : words.inBot, takesReply: repliesAreRead }
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
