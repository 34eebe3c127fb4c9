import type { RecordedChange } from '@atermtrack/data'
import { clipText, type SettingGroup, settingGroups, type SettingName, settingOf } from '@atermtrack/domain'
import { bold, configTexts as texts, escapeHtml, formatExact, type Language } from '@atermtrack/messages'
import { rangeOf, type SettingState } from '@atermtrack/settings'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export const changesPerPage = 5

/** The whole value is shown where it is changed; elsewhere its beginning is enough. */
const longestNow = 1_500
const longestElsewhere = 300
const longestInHistory = 120
const longestOnButton = 24

export interface Reader {
  readonly language: Language
  readonly zone: string
}

export interface AllSettings {
  readonly settings: readonly SettingState[]
  readonly unknown: readonly { readonly name: string }[]
}

/** The groups of the settings, and whatever is wrong with the stored ones. */
export function configView({ settings, unknown }: AllSettings, language: Language): View {
  const words = texts[language]
  const unfit = settings.filter(({ isUnfit }) => isUnfit).map(({ name }) => words.titles[name])
  const foreign = unknown.map(({ name }) => name)
  const count = (group: SettingGroup) =>
    settings.filter(({ name, stored }) => settingOf(name).group === group && stored !== undefined).length
  return {
    html: [
      words.title,
      ...(unfit.length === 0 ? [] : [words.unfit(escapeHtml(unfit.join(', '), longestElsewhere))]),
      ...(foreign.length === 0 ? [] : [words.unknown(escapeHtml(foreign.join(', '), longestElsewhere))]),
    ].join('\n\n'),
    keyboard: {
      inline_keyboard: settingGroups.map((group) => {
        const changed = count(group)
        const text = changed === 0 ? words.groups[group] : `${words.groups[group]} · ${words.changedSign} ${changed}`
        return [actions.openSettingGroup.button(text, { group })]
      }),
    },
  }
}

/** The settings of a group, each with its value on its button. */
export function groupView(group: SettingGroup, settings: readonly SettingState[], language: Language): View {
  const words = texts[language]
  const own = settings.filter(({ name }) => settingOf(name).group === group)
  return {
    html: bold(words.groups[group]),
    keyboard: {
      inline_keyboard: [
        ...own.map(({ name, value, stored, isUnfit }) => {
          const sign = isUnfit ? `${words.unfitSign} ` : stored === undefined ? '' : `${words.changedSign} `
          const short = value === '' ? words.none : clipText(value.replaceAll('\n', ' '), longestOnButton)
          return [actions.openSetting.button(`${sign}${words.titles[name]}: ${short}`, { name })]
        }),
        [actions.showConfig.button(words.buttons.back)],
      ],
    },
  }
}

/** One setting: what it means, what counts, and who has changed it. */
export function settingView(state: SettingState, reader: Reader): View {
  const words = texts[reader.language]
  const { name, standard, stored, value, isUnfit, changed } = state
  const { buttons } = words
  const reset = stored === undefined ? [] : [actions.resetSetting.button(buttons.reset, { name })]
  const history = changed ? [[actions.showSettingHistory.button(buttons.history, { name, page: 0 })]] : []
  return {
    html: [
      `${bold(words.titles[name])}\n${words.about[name]}`,
      [
        words.valueNow(valueText(value, reader.language, longestNow)),
        ...(isUnfit ? [words.unfitValue(valueText(stored ?? '', reader.language, longestElsewhere))] : []),
        words.standard(valueText(standard, reader.language, longestElsewhere)),
        ...(changed ? [changedText(changed, reader)] : []),
      ].join('\n'),
      words.variable(name),
    ].join('\n\n'),
    keyboard: {
      inline_keyboard: [
        [actions.askForValue.button(buttons.change, { name }), ...reset],
        ...history,
        [actions.openSettingGroup.button(buttons.back, { group: settingOf(name).group })],
      ],
    },
  }
}

/** Asks for a value. The one that counts now can be copied. */
export function askView({ name, value }: SettingState, language: Language): View {
  const words = texts[language]
  const now = value === '' ? [] : ['', words.valueNow(valueText(value, language, longestNow))]
  return {
    html: [`${bold(words.titles[name])}\n${hintOf(name, language)}`, ...now].join('\n'),
    keyboard: { inline_keyboard: [[backButton(name, language)]] },
  }
}

/** Asks whether a risky value is meant. */
export function confirmView({ name, value }: SettingState, typed: string, language: Language): View {
  const words = texts[language]
  const [before, after] = [value, typed].map((text) => valueText(text, language, longestNow))
  return {
    html: [
      bold(words.titles[name]),
      words.becomes(before ?? '', after ?? ''),
      words.askConfirm[settingOf(name).group],
    ].join('\n\n'),
    keyboard: {
      inline_keyboard: [
        [
          actions.confirmValue.button(words.buttons.confirm, { name }),
          actions.openSetting.button(words.buttons.keep, { name }),
        ],
      ],
    },
  }
}

export interface HistoryPage {
  readonly name: SettingName
  readonly rows: readonly RecordedChange[]
  readonly hasMore: boolean
  readonly page: number
}

/** A page of the changes of a setting, the newest first. */
export function historyView({ name, rows, hasMore, page }: HistoryPage, reader: Reader): View {
  const { language } = reader
  const words = texts[language]
  const text = (value: string | null) =>
    value === null ? words.standardValue : valueText(value, language, longestInHistory)
  const lines = rows.map((row) =>
    words.change(formatExact(row.changedAt, reader), whoOf(row, language), text(row.before), text(row.after)),
  )
  const turns = [
    ...(page > 0 ? [actions.showSettingHistory.button('‹', { name, page: page - 1 })] : []),
    ...(hasMore ? [actions.showSettingHistory.button('›', { name, page: page + 1 })] : []),
  ]
  return {
    html: [words.historyTitle(words.titles[name]), ...(lines.length === 0 ? [words.noHistory] : lines)].join('\n\n'),
    keyboard: { inline_keyboard: [turns, [backButton(name, language)]].filter((row) => row.length > 0) },
  }
}

/** How a value is typed, with the numbers that the schema takes. */
export function hintOf(name: SettingName, language: Language): string {
  return texts[language].hints[settingOf(name).form](rangeOf(name))
}

/** A value as text to copy; the words for none where it is empty. */
export function valueText(value: string, language: Language, longest: number = longestElsewhere): string {
  return value === '' ? texts[language].none : `<code>${escapeHtml(value, longest)}</code>`
}

function changedText(change: RecordedChange, reader: Reader): string {
  const words = texts[reader.language]
  const [who, when] = [whoOf(change, reader.language), formatExact(change.changedAt, reader)]
  return change.after === null ? words.resetBy(who, when) : words.changedBy(who, when)
}

function whoOf({ changedByName, command }: RecordedChange, language: Language): string {
  const words = texts[language]
  if (changedByName !== null) return bold(changedByName)
  return command === null ? words.somebodyGone : escapeHtml(words.commandLine(command))
}

function backButton(name: SettingName, language: Language): InlineKeyboardButton {
  return actions.openSetting.button(texts[language].buttons.back, { name })
}
