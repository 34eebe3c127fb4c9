import { incomingDocuments } from '@atermtrack/data'
import { deliveryPriority, type Producer } from '@atermtrack/queue'
import type { Message } from 'telegraf/types'
import type { BotContext } from '../context.ts'
import { maxDocumentBytes } from './fetch-document.ts'
import { texts } from './texts.ts'

export interface TakeDocumentOptions {
  readonly producers: { readonly fetchDocument: Pick<Producer<{ documentId: number }>, 'ring'> }
}

/** Notes a workbook or an archive that somebody sent or forwarded. False for a message that is for somebody else to answer. */
export async function takeDocument(ctx: BotContext, { producers }: TakeDocumentOptions): Promise<boolean> {
  const { tx, message, person, language, updateId } = ctx
  const words = texts[language]
  if (!message || !('document' in message)) return false
  const { document, chat } = message
  if (!ctx.isAdmin && person.role !== 'operator') {
    // What they write beside it may be a question.
    if (message.caption !== undefined) return false
    ctx.say(words.onlyForDispatchers)
    return true
  }
  const fileName = document.file_name ?? words.nameless
  if ((document.file_size ?? 0) > maxDocumentBytes) {
    ctx.say(words.tooBig(fileName))
    return true
  }
  const file = { fileId: document.file_id, fileName, sentAt: sentAt(message) }
  const documentId = await incomingDocuments.insert(tx, { updateId, personId: person.id, chatId: chat.id, ...file })
  ctx.say(words.reading(fileName))
  ctx.afterCommit(() => producers.fetchDocument.ring({ documentId }, { priority: deliveryPriority.answer }))
  return true
}

/** Of a forwarded message when it was first sent: a report without a stamp is as old as that. */
function sentAt({ date, forward_origin: origin }: Message.DocumentMessage): Date {
  const seconds = origin && 'date' in origin && typeof origin.date === 'number' ? origin.date : date
  return new Date(seconds * 1000)
}
