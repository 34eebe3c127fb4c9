import { incomingDocuments } from '@atermtrack/data'
import { documentsTexts as texts } from '@atermtrack/messages'
import { deliveryPriority, fetchDocument } from '@atermtrack/queue'
import type { InlineKeyboardMarkup, Message } from 'telegraf/types'
import type { BotContext } from '../routing/context.ts'
import { annotateDocument } from './actions.ts'
import { maxDocumentBytes } from './download-document.ts'
import { asksForNumbers, purposeOf } from './purpose.ts'

/** Records a file that somebody sent or forwarded. False when another handler is to answer the message, also in addition. */
export async function acceptDocument(ctx: BotContext): Promise<boolean> {
  const { tx, message, person, language, updateId } = ctx
  const words = texts[language]
  if (!message || !('document' in message)) return false
  const { document, chat, caption } = message
  const fileName = document.file_name ?? words.nameless
  if ((document.file_size ?? 0) > maxDocumentBytes) {
    ctx.say(words.tooBig(fileName))
    return true
  }
  const purpose = purposeOf(ctx, caption)
  const file = { fileId: document.file_id, fileName, sentAt: sentAt(message), purpose }
  const documentId = await incomingDocuments.insert(tx, { updateId, personId: person.id, chatId: chat.id, ...file })
  if (purpose === 'annotate') ctx.say(words.annotating(fileName))
  else ctx.say(words.reading(fileName), { keyboard: annotateButton(words.buttons.annotate, documentId) })
  tx.enqueue(fetchDocument, { documentId }, { priority: deliveryPriority.answer })
  return !asksForNumbers(caption)
}

function annotateButton(text: string, documentId: number): InlineKeyboardMarkup {
  return { inline_keyboard: [[annotateDocument.button(text, { documentId })]] }
}

/** The time at which a forwarded message was first sent: a report without a date of its own is as old as that. */
function sentAt({ date, forward_origin: origin }: Message.DocumentMessage): Date {
  const seconds = origin && 'date' in origin && typeof origin.date === 'number' ? origin.date : date
  return new Date(seconds * 1000)
}
