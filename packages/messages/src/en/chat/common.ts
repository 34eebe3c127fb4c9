import type { common as ru } from '../../ru/chat/common.ts'

export const common: typeof ru = {
  dialogClosed: 'The dialog was closed after 30 minutes. Please start again.',
  staleButton: 'This button is out of date',
  onlyInPrivate: 'I do this in a private chat only: please write to me directly.',
  unknownCommand: 'I do not know this command. What I can do: /help',
  oneMoment: '⏳ Looking, this takes a little longer…',
  failed: (reference: string) =>
    `Something went wrong inside. Please try again a little later. If it happens again, report the code ${reference}.`,
  delayed: (reference: string) =>
    `The database cannot be reached, so the answer will be late. It comes by itself; there is no need to ask again. If it does not come, report the code ${reference}.`,
}
