import { escapeHtml } from '../../format/html.ts'
import type { documents as ru } from '../../ru/chat/documents.ts'

export const documents: typeof ru = {
  reading: (name: string) => `📥 I have the file “${escapeHtml(name)}” and am reading it.`,
  annotating: (name: string) => `📥 I have the file “${escapeHtml(name)}” and am adding the statuses.`,
  both: (name: string) => `📥 I have the file “${escapeHtml(name)}”: I am reading it and adding the statuses.`,
  noted: 'Adding the statuses. I will send the file here',
  notedBefore: 'I am already adding them and will send the file here',
  buttons: { annotate: '📄 Add statuses' },
  nameless: 'nameless',
  tooBig: (name: string) =>
    `The file “${escapeHtml(name)}” is over 20 MB, and Telegram does not pass such files on to me. Please send it by mail.`,
  failed: {
    too_big: (name: string) => documents.tooBig(name),
    gone: (name: string) => `Telegram no longer has the file “${escapeHtml(name)}”. Please send it again.`,
    unreachable: (name: string) =>
      `I could not fetch the file “${escapeHtml(name)}”: Telegram cannot be reached. Please send it again.`,
  },
}
