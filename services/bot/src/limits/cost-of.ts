import { chatUsage, type Cost } from '@atermtrack/data'
import type { Update } from 'telegraf/types'
import { maxDocumentBytes } from '../documents/download-document.ts'

/** What an update costs beside being a question: in a private chat a file is downloaded and read. */
export function costOf(update: Update): Cost {
  if (!('message' in update) || update.message.chat.type !== 'private') return chatUsage.noFiles
  const { message } = update
  // A moving picture is a document too.
  if (!('document' in message) || 'animation' in message) return chatUsage.noFiles
  // Telegram may leave the size out.
  return { files: 1, bytes: message.document.file_size ?? maxDocumentBytes }
}
