import type { Person } from '@atermtrack/data'
import { cityZones, formatWall, type Language, toWall, zoneLabel, zoneName } from '@atermtrack/domain'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { escapeHtml } from '../../text/html.ts'
import { pageOf, pageRow } from '../../text/pages.ts'
import { cardParts } from '../lookup/card/card-parts.ts'
import { showEmail } from '../email/actions.ts'
import { showPrivacy } from '../privacy/actions.ts'
import { listSubscriptions } from '../subscriptions/actions.ts'
import * as actions from './actions.ts'
import { texts } from './texts.ts'

export interface View {
  readonly html: string
  readonly keyboard: InlineKeyboardMarkup
}

export type SettledPerson = Pick<
  Person,
  'language' | 'chosenLanguage' | 'zone' | 'quietFrom' | 'quietUntil' | 'hiddenCardParts'
>

export interface Moment {
  readonly now: Date
  /** Of quiet hours and slots while the person has chosen none. */
  readonly scheduleZone: string
}

/** With the rows above and below, a page stays within eight rows of buttons. */
const zonesPerPage = 5
const quietPresets = [
  ['22:00', '08:00'],
  ['23:00', '07:00'],
] as const

/** All settings at a glance, each with its button. */
export function settingsView(person: SettledPerson, moment: Moment): View {
  const words = texts[person.language]
  const { buttons } = words
  return {
    html: [words.title, '', ...settingLines(person, moment)].join('\n'),
    keyboard: {
      inline_keyboard: [
        [actions.offerLanguages.button(buttons.language), actions.offerZones.button(buttons.zone)],
        [actions.offerQuietHours.button(buttons.quiet), actions.offerCardParts.button(buttons.card)],
        [showEmail.button(buttons.email), listSubscriptions.button(buttons.subscriptions, { page: 0 })],
        [showPrivacy.button(buttons.privacy)],
      ],
    },
  }
}

function settingLines(person: SettledPerson, { now, scheduleZone }: Moment): readonly string[] {
  const words = texts[person.language]
  const { language, chosenLanguage, zone, quietFrom, quietUntil } = person
  const hidden = cardParts.filter((part) => person.hiddenCardParts.includes(part)).map((part) => words.parts[part])
  return [
    words.language(
      chosenLanguage === null ? `${words.languages[language]} (${words.languages.auto})` : words.languages[language],
    ),
    zone === null ? words.sourceZone : words.zone(escapeHtml(zoneName(zone, language)), timeIn(zone, now)),
    quietFrom === null || quietUntil === null
      ? words.noQuiet
      : words.quiet(`${quietFrom}–${quietUntil}`, zoneLabel(zone ?? scheduleZone, now)),
    hidden.length === 0 ? words.wholeCard : words.card(hidden.join(', ')),
  ]
}

export function languageView({ language, chosenLanguage }: SettledPerson): View {
  const words = texts[language]
  const choice = (value: Language | 'auto') =>
    actions.chooseLanguage.button(ticked(words.languages[value], value === (chosenLanguage ?? 'auto')), {
      language: value,
    })
  return {
    html: words.askLanguage,
    keyboard: { inline_keyboard: [[choice('ru'), choice('en')], [choice('auto')], [backButton(language)]] },
  }
}

/** One page of the zones that most people need, each with the time it is there; by default that of the person's own. */
export function zoneView(
  { language, zone }: SettledPerson,
  asked: number | undefined,
  { now, scheduleZone }: Moment,
): View {
  const words = texts[language]
  const own = cityZones.findIndex((known) => known.zone === (zone ?? scheduleZone))
  const { rows, ...page } = pageOf(cityZones, asked ?? Math.floor(Math.max(0, own) / zonesPerPage), zonesPerPage)
  const zoneRows = rows.map((known) => [
    actions.chooseZone.button(ticked(`${known.city[language]} · ${timeIn(known.zone, now)}`, known.zone === zone), {
      zone: known.zone,
    }),
  ])
  return {
    html: words.askZone,
    keyboard: {
      inline_keyboard: [
        ...zoneRows,
        ...pageRow(page, (target) => actions.offerZones.data({ page: target })),
        [
          actions.chooseZone.button(ticked(words.autoZone, zone === null), { zone: 'auto' }),
          actions.typeZone.button(words.typeZone),
        ],
        [backButton(language)],
      ],
    },
  }
}

export function quietView(person: SettledPerson, { now, scheduleZone }: Moment): View {
  const { language, zone, quietFrom, quietUntil } = person
  const words = texts[language]
  const presets = quietPresets.map(([from, until]) => {
    const isChosen = from === quietFrom && until === quietUntil
    return actions.chooseQuietHours.button(ticked(`${from}–${until}`, isChosen), { from, until })
  })
  return {
    html: words.askQuiet(zoneLabel(zone ?? scheduleZone, now)),
    keyboard: {
      inline_keyboard: [
        presets,
        [
          actions.chooseQuietHours.button(ticked(words.noQuietHours, quietFrom === null), { from: 'off' }),
          actions.typeQuietHours.button(words.typeQuiet),
        ],
        [backButton(language)],
      ],
    },
  }
}

export function cardPartsView({ language, hiddenCardParts }: SettledPerson): View {
  const words = texts[language]
  const parts = cardParts.map((part) => {
    const mark = hiddenCardParts.includes(part) ? '⬜' : '✅'
    return actions.toggleCardPart.button(`${mark} ${words.parts[part]}`, { part })
  })
  const rows = Array.from({ length: Math.ceil(parts.length / 2) }, (_, row) => parts.slice(row * 2, row * 2 + 2))
  return { html: words.askCard, keyboard: { inline_keyboard: [...rows, [backButton(language)]] } }
}

/** `14:05 (МСК+7)` */
function timeIn(zone: string, now: Date): string {
  return `${formatWall(toWall(now, zone)).slice(-5)} (${zoneLabel(zone, now)})`
}

function ticked(text: string, isChosen: boolean): string {
  return isChosen ? `✅ ${text}` : text
}

function backButton(language: Language): InlineKeyboardButton {
  return actions.showSettings.button(texts[language].back)
}
