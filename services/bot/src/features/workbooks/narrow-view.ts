import { kindName, workbooksTexts as texts } from '@atermtrack/messages'
import { toWall } from '@atermtrack/domain'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { inRows, type ReviewViewOptions } from './list-view.ts'
import { isWanted, kinds, type Place, type Wanted } from './place.ts'

/** A workbook whose day and sender can be looked for. */
export interface Candidate {
  readonly id: number
  readonly sender: string | null
  readonly receivedAt: Date
}

const daysOffered = 8
const sendersOffered = 6
const longestSender = 40

/** The buttons that narrow a list: kinds, days and senders that there are. A press of a chosen one takes it back. */
export function narrowView(
  candidates: readonly Candidate[],
  { filter, wanted = {} }: Place,
  options: ReviewViewOptions,
): View {
  const words = texts[options.language]
  const button = (text: string, changed: Wanted, isChosen: boolean): InlineKeyboardButton =>
    actions.listWorkbooks.button(isChosen ? `• ${text} •` : text, {
      filter,
      page: 0,
      wanted: { ...wanted, ...changed },
    })
  const days = [...new Set(candidates.map(({ receivedAt }) => toWall(receivedAt, options.zone).slice(0, 10)))]
  const senders = [...new Map(candidates.toReversed().map((one) => [one.sender, one])).values()].toSorted(
    (a, b) => b.id - a.id,
  )
  const senderWanted = candidates.find(({ id }) => id === wanted.senderOf)?.sender
  return {
    html: words.narrow(words.filters[filter]),
    keyboard: {
      inline_keyboard: [
        ...kinds.map((kind) => {
          const isChosen = wanted.kind === kind
          return [button(kindName(kind, options.language), { kind: isChosen ? undefined : kind }, isChosen)]
        }),
        ...inRows(
          days.slice(0, daysOffered).map((day) => {
            const isChosen = wanted.day === day
            return button(`${day.slice(8, 10)}.${day.slice(5, 7)}`, { day: isChosen ? undefined : day }, isChosen)
          }),
        ),
        ...senders.slice(0, sendersOffered).map(({ id, sender }) => {
          const isChosen = wanted.senderOf !== undefined && sender === senderWanted
          const text = (sender ?? words.byHand).slice(0, longestSender)
          return [button(text, { senderOf: isChosen ? undefined : id }, isChosen)]
        }),
        ...(isWanted(wanted) ? [[actions.listWorkbooks.button(words.buttons.everything, { filter, page: 0 })]] : []),
        [actions.listWorkbooks.button(words.buttons.list, { filter, page: 0, wanted })],
      ],
    },
  }
}
