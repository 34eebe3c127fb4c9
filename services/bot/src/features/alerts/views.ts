import type { ListedEvent, Person } from '@atermtrack/data'
import { clipText, directionOf, terminalOf } from '@atermtrack/domain'
import {
  alertsTexts as texts,
  code,
  escapeHtml,
  eventHeading,
  formatMoment,
  type Language,
  languageOf,
  type MomentReader,
  zoneLine,
} from '@atermtrack/messages'
import { pageOf, pageRow } from '../../text/pages.ts'
import { openCard } from '../lookup/actions.ts'
import { nameView } from '../lookup/card/way.ts'
import { offerQuietHours } from '../settings/actions.ts'
import { viewSubscription } from '../subscriptions/actions.ts'
import { inPairs, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'

/** A subscription with its choice of events. */
export interface EventSubscription {
  readonly id: number
  readonly name: string
  readonly eventTiming: string
  readonly eventKinds: readonly string[] | null
}

export interface SubscriptionPage {
  readonly total: number
  readonly rows: readonly EventSubscription[]
}

const perPage = 8
const longestName = 40

/** The choices of a person about alerts: quiet hours, and the subscriptions that they come from. */
export function settingsView(
  person: Pick<Person, 'language' | 'quietFrom' | 'quietUntil' | 'holdsAlerts'>,
  { rows, total }: SubscriptionPage,
): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const hasQuietHours = person.quietFrom !== null && person.quietUntil !== null
  const quiet = !hasQuietHours ? words.noQuiet : person.holdsAlerts ? words.quietHeld : words.quietSilent
  const lines = rows.map(({ name, eventTiming, eventKinds }) =>
    words.subscription(name, words.timing[timingOf(eventTiming)], eventKinds?.length ?? 0),
  )
  const rest = total - rows.length
  const choices = [
    actions.chooseQuietAlerts.button(ticked(words.buttons.silent, !person.holdsAlerts), { how: 'silent' }),
    actions.chooseQuietAlerts.button(ticked(words.buttons.hold, person.holdsAlerts), { how: 'hold' }),
  ]
  return {
    html: [
      words.title,
      words.about,
      '',
      quiet,
      ...(rows.length === 0 ? [words.noSubscriptions] : lines),
      ...(rest > 0 ? [words.moreSubscriptions(rest)] : []),
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...(hasQuietHours ? [choices] : []),
        [offerQuietHours.button(words.buttons.quiet)],
        ...inPairs(
          rows.map(({ id, name }) => viewSubscription.button(clipText(name, longestName), { subscriptionId: id })),
        ),
      ],
    },
  }
}

/** A page of the containers of a message, each with what happened to it last, and buttons to their cards. */
export function listView(
  alert: number,
  events: readonly ListedEvent[],
  { page: asked, ...reader }: MomentReader & { readonly page: number },
): View {
  const { language } = reader
  const words = texts[language]
  const newest = [...new Map(events.toReversed().map((event) => [event.container, event])).values()].toReversed()
  const { rows, ...page } = pageOf(newest, asked, perPage)
  const lines = rows.map((event) => {
    const heading = eventHeading({ kind: event.kind, direction: directionOf(event) }, language)
    const place = placeOf(event, language)
    return `${code(event.container)} ${heading}${place === undefined ? '' : `, ${place}`}\n${formatMoment(event.happenedAt, reader)}`
  })
  const cards = rows.map(({ container }) => openCard.button(`📦 ${container}`, { container }))
  return {
    html: newest.length === 0 ? words.gone : [words.list(newest.length), ...lines, zoneLine(reader)].join('\n\n'),
    keyboard: {
      inline_keyboard: [
        ...inPairs(cards),
        ...pageRow(page, (target) => actions.showAlertPage.data({ alert, page: target })),
      ],
    },
  }
}

function placeOf(event: ListedEvent, language: Language): string | undefined {
  if (event.station !== null) return nameView(event.station, language)
  const terminal = terminalOf(event)
  return terminal === undefined ? undefined : escapeHtml(terminal, longestName)
}

function timingOf(timing: string): 'at_once' | 'digest' | 'never' {
  return timing === 'digest' || timing === 'never' ? timing : 'at_once'
}

function ticked(text: string, isChosen: boolean): string {
  return isChosen ? `✅ ${text}` : text
}
