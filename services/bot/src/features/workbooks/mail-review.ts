import { audit, refusedMail, type RefusedMessage } from '@atermtrack/data'
import {
  escapeHtml,
  formatBytes,
  formatExact,
  type Language,
  mailReasonSentence,
  refusedMailTexts as mailTexts,
} from '@atermtrack/messages'
import { mailPlaces, pollMailbox } from '@atermtrack/queue'
import { type ActionHandler } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { edit, type View } from '../../routing/view.ts'
import { pageOf, pageRow } from '../../text/pages.ts'
import * as actions from './actions.ts'
import { type ReviewOptions } from './review.ts'
import { type ReviewViewOptions, inRows } from './list-view.ts'

const pageSize = 8
const longestSubject = 60
const filesShown = 10

/** The part of the review queue with the messages that were not accepted. */
export function createMailReview(options: ReviewOptions): readonly ActionHandler[] {
  const { zone } = options
  return [
    actions.listMail.handle(async (ctx, { page }) => edit(ctx, await loadMailList(ctx, page, zone))),
    actions.showMail.handle(async (ctx, { mailId }) => {
      const mail = await findMail(ctx, mailId)
      if (mail) showMail(ctx, mail, zone)
    }),
    actions.retryMail.handle(async (ctx, { mailId }) => {
      const mail = await findMail(ctx, mailId)
      if (mail) await tryAgain(ctx, mail, options)
    }),
  ]
}

/** The newest messages that were not accepted. */
export async function loadMailList({ tx, language }: BotContext, page: number, zone: string): Promise<View> {
  return mailListView(await refusedMail.list(tx), page, { language, zone })
}

/** Undefined, with a toast, for a message that is not refused any more. */
async function findMail(ctx: BotContext, id: number): Promise<RefusedMessage | undefined> {
  const mail = await refusedMail.find(ctx.tx, id)
  if (!mail) ctx.toast(mailTexts[ctx.language].noLongerWaits)
  return mail
}

function showMail(ctx: BotContext, mail: RefusedMessage, zone: string): void {
  edit(ctx, mailView(mail, { language: ctx.language, zone }))
}

async function tryAgain(ctx: BotContext, { id }: RefusedMessage, { zone }: ReviewOptions): Promise<void> {
  const words = mailTexts[ctx.language]
  const isFirst = await refusedMail.requestRetry(ctx.tx, id)
  if (isFirst) {
    await audit.insert(ctx.tx, { ...ctx.actor, action: 'mail.retried', object: `mail:${id}` })
    ctx.tx.enqueue(pollMailbox, { mailbox: mailPlaces.imap, byHand: true })
  }
  ctx.toast(isFirst ? words.asked : words.askedBefore)
  const mail = await refusedMail.find(ctx.tx, id)
  if (mail) showMail(ctx, mail, zone)
}

/** A page of the messages, with a button for each. */
export function mailListView(mails: readonly RefusedMessage[], asked: number, options: ReviewViewOptions): View {
  const words = mailTexts[options.language]
  const shown = pageOf(mails, asked, pageSize)
  const lines = shown.rows.map((mail) => mailLine(mail, options))
  const open = shown.rows.map(({ id }) => actions.showMail.button(`№${id}`, { mailId: id }))
  return {
    html: [words.title, '', ...(lines.length > 0 ? lines : [words.none])].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...inRows(open),
        ...pageRow(shown, (page) => actions.listMail.data({ page })),
        [actions.listWorkbooks.button(words.files, { filter: 'all', page: 0 })],
      ],
    },
  }
}

/** A message with all its known facts and the possible actions. */
export function mailView(mail: RefusedMessage, { language, zone }: ReviewViewOptions): View {
  const words = mailTexts[language]
  const { id, sender, subject, size, receivedAt, attachments, retryRequestedAt, tries, nextTryAt } = mail
  const html = [
    `✉️ <b>${words.message}</b> №${id}`,
    `${words.sender}: ${escapeHtml(sender ?? words.unknown)}`,
    `${words.subject}: ${escapeHtml(subject ?? words.unknown)}`,
    ...(size === null ? [] : [`${words.size}: ${formatBytes(size, language)}`]),
    `${words.received}: ${formatExact(receivedAt, { language, zone })}`,
    `${words.reason}: ${escapeHtml(mailReasonSentence(mail.reason ?? '', language))}`,
    ...attachments.slice(0, filesShown).map((file) => fileLine(file, language)),
    ...(nextTryAt && !retryRequestedAt ? [words.tries(tries, formatExact(nextTryAt, { language, zone }))] : []),
    ...(retryRequestedAt ? [words.waits] : []),
  ].join('\n')
  const again = retryRequestedAt ? [] : [[actions.retryMail.button(words.again, { mailId: id })]]
  const back = [actions.listMail.button(words.list, { page: 0 })]
  return { html, keyboard: { inline_keyboard: [...again, back] } }
}

function fileLine({ fileName, size }: RefusedMessage['attachments'][number], language: Language): string {
  return `📄 ${escapeHtml(fileName, longestSubject)}, ${formatBytes(size, language)}`
}

function mailLine(mail: RefusedMessage, { language, zone }: ReviewViewOptions): string {
  const words = mailTexts[language]
  const { id, sender, subject, reason, receivedAt, nextTryAt } = mail
  const title = escapeHtml(subject ?? sender ?? words.unknown, longestSubject)
  const why = escapeHtml(mailReasonSentence(reason ?? '', language))
  return `<b>№${id}</b> ${title}\n      ${nextTryAt ? '⏳ ' : ''}${formatExact(receivedAt, { language, zone })}: ${why}`
}
