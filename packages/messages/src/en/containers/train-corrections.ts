import { containers, plural } from '../words.ts'
import type { trainCorrections as ru } from '../../ru/containers/train-corrections.ts'

const lists = (count: number) => `${count} ${plural(count, { one: 'list', other: 'lists' })}`

export const trainCorrections: typeof ru = {
  title: (code: string) => `✏️ <b>Correct the train</b> ${code}`,
  destinationIs: (name: string) => `Destination: ${name}`,
  noDestination: 'not given',
  dateIs: (time: string) => `Date: ${time}`,
  containersAre: (count: number) => `${containers(count)} on the list`,
  newerWins: 'A newer list of this train replaces the destination and the date.',
  correct: '✏️ Correct',
  changeDestination: '📍 Destination',
  changeDate: '📅 Date',
  changeCode: '🔤 Code',
  remove: '🗑 Delete',
  back: '‹ To the train',
  keep: '‹ Keep it',
  askDestination: (code: string) =>
    `Where does train ${code} go? Send the destination station. Changed your mind: /cancel`,
  askDate: (code: string) =>
    `On which day did train ${code} leave? For example 28.08.2025, 28.08.2025 14:30 or “yesterday”. Changed your mind: /cancel`,
  askCode: (code: string) => `What is the real code of train ${code}? For example К25-074. Changed your mind: /cancel`,
  badDestination: 'Send the name of the station as text of at most 60 characters.',
  badDate: 'I could not read the date. Write for example 28.08.2025 or 28.08.2025 14:30. It cannot be in the future.',
  badCode: 'Send the whole new code, for example К25-074.',
  earlierThanAnother:
    'This train has another list that is not older than this date, and that list would count instead. Send a later date.',
  codeIsTaken: (code: string) => `Another train has the code ${code}. Send a different one.`,
  redirected: (code: string, destination: string) => `✅ Train ${code}: the destination is now ${destination}.`,
  dated: (code: string) => `✅ Train ${code}: the date is corrected.`,
  renamed: (from: string, to: string) =>
    `✅ Train ${from} is now ${to}. Subscriptions and address lists have the new code.`,
  askRemove: (code: string, containerCount: number, listCount: number) =>
    [
      `🗑 <b>Delete train ${code}?</b>`,
      `${lists(listCount)} will go; the newest holds ${containers(containerCount)}.`,
      'Positions and histories of containers stay. Subscriptions to the train wait for a new list. The files of the lists return to /workbooks, where an admin can accept them again.',
    ].join('\n'),
  confirmRemove: (count: number) => `🗑 Delete, ${containers(count)}`,
  removed: (code: string, count: number) => `🗑 Train ${code} is deleted: ${containers(count)} are no longer in it.`,
  changed: 'The list of the train has changed meanwhile',
  gone: (code: string) => `Train ${code} is gone.`,
}
