import type { Person } from '@atermtrack/data'
import { cityZones, formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import {
  escapeHtml,
  type Language,
  languageName,
  languageOf,
  languages,
  settingsTexts as texts,
  zoneName,
} from '@atermtrack/messages'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../routing/callback-data.ts'
import { pageOf, pageRow } from '../../text/pages.ts'
import { cardParts } from '../lookup/card/card-parts.ts'

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
/** Pairs of the ids that buttons carry. */
const quietPresets = [
  ['2200', '0800'],
  ['2300', '0700'],
] as const

/** All settings at a glance, each with its button. */
export function settingsView(person: SettledPerson, moment: Moment): View {
  const words = texts[languageOf(person.language)]
  const { buttons } = words
  return {
    html: [words.title, '', ...settingLines(person, moment)].join('\n'),
    keyboard: {
      inline_keyboard: [
        [button(buttons.language, 'set-lang'), button(buttons.zone, 'set-zones')],
        [button(buttons.quiet, 'set-quiet'), button(buttons.card, 'set-card')],
        [button(buttons.email, 'email-show'), button(buttons.subscriptions, 'sub-list', 0)],
        [button(buttons.privacy, 'privacy-show')],
      ],
    },
  }
}

function settingLines(person: SettledPerson, { now, scheduleZone }: Moment): readonly string[] {
  const words = texts[languageOf(person.language)]
  const { chosenLanguage, zone, quietFrom, quietUntil } = person
  const language = languageOf(person.language)
  const hidden = cardParts.filter((part) => person.hiddenCardParts.includes(part)).map((part) => words.parts[part])
  return [
    words.language(
      chosenLanguage === null ? `${languageName(language)} (${words.autoLanguage})` : languageName(language),
    ),
    zone === null ? words.sourceZone : words.zone(escapeHtml(zoneName(zone, language)), timeIn(zone, now)),
    quietFrom === null || quietUntil === null
      ? words.noQuiet
      : words.quiet(`${quietFrom}–${quietUntil}`, zoneLabel(zone ?? scheduleZone, now)),
    hidden.length === 0 ? words.wholeCard : words.card(hidden.join(', ')),
  ]
}

export function languageView({ chosenLanguage, ...person }: SettledPerson): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const choice = (text: string, value: Language | 'auto') =>
    button(ticked(text, value === (chosenLanguage ?? 'auto')), 'set-lang-to', value)
  const choices = languages.map((known) => choice(languageName(known), known))
  return {
    html: words.askLanguage,
    keyboard: { inline_keyboard: [choices, [choice(words.autoLanguage, 'auto')], [backButton(language)]] },
  }
}

/** One page of the zones that most people need, each with the time it is there; by default that of the person's own. */
export function zoneView(
  { zone, ...person }: SettledPerson,
  asked: number | undefined,
  { now, scheduleZone }: Moment,
): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const own = cityZones.indexOf(zone ?? scheduleZone)
  const { rows, ...page } = pageOf(cityZones, asked ?? Math.floor(Math.max(0, own) / zonesPerPage), zonesPerPage)
  const zoneRows = rows.map((known) => [
    button(ticked(`${zoneName(known, language)} · ${timeIn(known, now)}`, known === zone), 'set-zone', zoneId(known)),
  ])
  return {
    html: words.askZone,
    keyboard: {
      inline_keyboard: [
        ...zoneRows,
        ...pageRow(page, 'set-zones'),
        [button(ticked(words.autoZone, zone === null), 'set-zone', 'auto'), button(words.typeZone, 'set-zone-type')],
        [backButton(language)],
      ],
    },
  }
}

/** A zone of the list by the id that its button carries. */
export function zoneOfId(id: string | undefined): string | undefined {
  return cityZones.find((zone) => zoneId(zone) === id)
}

export function quietView(person: SettledPerson, { now, scheduleZone }: Moment): View {
  const { zone, quietFrom, quietUntil } = person
  const language = languageOf(person.language)
  const words = texts[language]
  const presets = quietPresets.map(([from, until]) => {
    const [first, last] = [clock(from), clock(until)]
    const isChosen = first === quietFrom && last === quietUntil
    return button(ticked(`${first}–${last}`, isChosen), 'set-quiet-to', from, until)
  })
  return {
    html: words.askQuiet(zoneLabel(zone ?? scheduleZone, now)),
    keyboard: {
      inline_keyboard: [
        presets,
        [
          button(ticked(words.noQuietHours, quietFrom === null), 'set-quiet-to', 'off'),
          button(words.typeQuiet, 'set-quiet-type'),
        ],
        [backButton(language)],
      ],
    },
  }
}

export function cardPartsView({ hiddenCardParts, ...person }: SettledPerson): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const parts = cardParts.map((part) => {
    const mark = hiddenCardParts.includes(part) ? '⬜' : '✅'
    return button(`${mark} ${words.parts[part]}`, 'set-card-part', part)
  })
  const rows = Array.from({ length: Math.ceil(parts.length / 2) }, (_, row) => parts.slice(row * 2, row * 2 + 2))
  return { html: words.askCard, keyboard: { inline_keyboard: [...rows, [backButton(language)]] } }
}

/** `0830` out of a button, as `08:30`. */
export function clock(id: string): string {
  return `${id.slice(0, 2)}:${id.slice(2)}`
}

/** `14:05 (МСК+7)` */
function timeIn(zone: string, now: Date): string {
  return `${formatWall(toWall(now, zone)).slice(-5)} (${zoneLabel(zone, now)})`
}

/** Buttons carry no slashes. */
function zoneId(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1)
}

function ticked(text: string, isChosen: boolean): string {
  return isChosen ? `✅ ${text}` : text
}

function backButton(language: Language): InlineKeyboardButton {
  return button(texts[language].back, 'set-show')
}

function button(text: string, action: string, ...ids: readonly (string | number)[]): InlineKeyboardButton {
  return { text, callback_data: callbackData(action, ...ids) }
}
