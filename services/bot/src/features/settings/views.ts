import type { Person } from '@atermtrack/data'
import { cityZones, formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import {
  escapeHtml,
  type Language,
  languageName,
  languageOf,
  languages,
  settingsTexts as texts,
  zoneMark,
  zoneName,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import { cardParts } from '../lookup/card/card-parts.ts'
import { showAlertSettings } from '../alerts/actions.ts'
import { showEmail } from '../email/actions.ts'
import { showPrivacy } from '../privacy/actions.ts'
import { listSubscriptions } from '../subscriptions/actions.ts'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export type PersonWithSettings = Pick<
  Person,
  'language' | 'chosenLanguage' | 'zone' | 'quietFrom' | 'quietUntil' | 'hiddenCardParts'
>

export interface Moment {
  readonly now: Date
  /** Zone of quiet hours and slots while the person has chosen none. */
  readonly scheduleZone: string
}

/** With the rows above and below, a page stays within eight rows of buttons. */
const zonesPerPage = 5
const quietPresets = [
  ['22:00', '08:00'],
  ['23:00', '07:00'],
] as const

/** All settings, each with its button. */
export function settingsView(person: PersonWithSettings, moment: Moment): View {
  const words = texts[languageOf(person.language)]
  const { buttons } = words
  return {
    html: [words.title, '', ...settingLines(person, moment)].join('\n'),
    keyboard: {
      inline_keyboard: [
        [actions.offerLanguages.button(buttons.language), actions.offerZones.button(buttons.zone)],
        [actions.offerQuietHours.button(buttons.quiet), actions.offerCardParts.button(buttons.card)],
        [showEmail.button(buttons.email), listSubscriptions.button(buttons.subscriptions, { page: 0 })],
        [showAlertSettings.button(buttons.events), showPrivacy.button(buttons.privacy)],
      ],
    },
  }
}

function settingLines(person: PersonWithSettings, { now, scheduleZone }: Moment): readonly string[] {
  const words = texts[languageOf(person.language)]
  const { chosenLanguage, zone, quietFrom, quietUntil } = person
  const language = languageOf(person.language)
  const hidden = cardParts.filter((part) => person.hiddenCardParts.includes(part)).map((part) => words.parts[part])
  return [
    words.language(
      chosenLanguage === null ? `${languageName(language)} (${words.autoLanguage})` : languageName(language),
    ),
    zone === null ? words.sourceZone : words.zone(escapeHtml(zoneName(zone, language)), timeIn(zone, now, language)),
    quietFrom === null || quietUntil === null
      ? words.noQuiet
      : words.quiet(`${quietFrom}–${quietUntil}`, zoneLabel(zone ?? scheduleZone, now)),
    hidden.length === 0 ? words.wholeCard : words.card(hidden.join(', ')),
  ]
}

export function languageView({ chosenLanguage, ...person }: PersonWithSettings): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const choice = (text: string, value: Language | 'auto') =>
    actions.chooseLanguage.button(ticked(text, value === (chosenLanguage ?? 'auto')), { language: value })
  const choices = languages.map((known) => choice(languageName(known), known))
  return {
    html: words.askLanguage,
    keyboard: { inline_keyboard: [choices, [choice(words.autoLanguage, 'auto')], [backButton(language)]] },
  }
}

/** A page of common zones, each with its current time; by default the page with the person's own zone. */
export function zoneView(
  { zone, ...person }: PersonWithSettings,
  asked: number | undefined,
  { now, scheduleZone }: Moment,
): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const own = cityZones.indexOf(zone ?? scheduleZone)
  const { rows, ...page } = pageOf(cityZones, asked ?? Math.floor(Math.max(0, own) / zonesPerPage), zonesPerPage)
  const zoneRows = rows.map((known) => [
    actions.chooseZone.button(
      ticked(`${zoneName(known, language)} · ${timeIn(known, now, language)}`, known === zone),
      {
        zone: known,
      },
    ),
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

export function quietView(person: PersonWithSettings, { now, scheduleZone }: Moment): View {
  const { zone, quietFrom, quietUntil } = person
  const language = languageOf(person.language)
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

export function cardPartsView({ hiddenCardParts, ...person }: PersonWithSettings): View {
  const language = languageOf(person.language)
  const words = texts[language]
  const parts = cardParts.map((part) => {
    const mark = hiddenCardParts.includes(part) ? '⬜' : '✅'
    return actions.toggleCardPart.button(`${mark} ${words.parts[part]}`, { part })
  })
  const rows = Array.from({ length: Math.ceil(parts.length / 2) }, (_, row) => parts.slice(row * 2, row * 2 + 2))
  return { html: words.askCard, keyboard: { inline_keyboard: [...rows, [backButton(language)]] } }
}

/** `14:05 (МСК+7)` */
function timeIn(zone: string, now: Date, language: Language): string {
  return `${formatWall(toWall(now, zone)).slice(-5)} (${zoneMark(zone, now, language)})`
}

function ticked(text: string, isChosen: boolean): string {
  return isChosen ? `✅ ${text}` : text
}

function backButton(language: Language): InlineKeyboardButton {
  return actions.showSettings.button(texts[language].back)
}
