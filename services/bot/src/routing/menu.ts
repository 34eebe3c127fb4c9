import type { Language } from '@atermtrack/domain'
import type { ReplyKeyboardMarkup } from 'telegraf/types'

const ru = {
  lookup: '📦 Дислокация',
  subscriptions: '📂 Мои подписки',
  email: '📧 E-mail',
  settings: '⚙️ Настройки',
  help: '❓ Помощь',
}

const en: typeof ru = {
  lookup: '📦 Tracking',
  subscriptions: '📂 My subscriptions',
  email: '📧 E-mail',
  settings: '⚙️ Settings',
  help: '❓ Help',
}

export type MenuItem = keyof typeof ru

const labels = { ru, en }
const items = new Map<string, MenuItem>(
  [ru, en].flatMap((labels) =>
    (Object.keys(labels) as MenuItem[]).map((item) => [normaliseLabel(labels[item]), item] as const),
  ),
)

/** The item whose label this text is, in either language. */
export function findMenuItem(text: string): MenuItem | undefined {
  return items.get(normaliseLabel(text))
}

export function menuKeyboard(language: Language): ReplyKeyboardMarkup {
  const { lookup, subscriptions, email, settings, help } = labels[language]
  return {
    keyboard: [[{ text: lookup }, { text: subscriptions }], [{ text: email }, { text: settings }], [{ text: help }]],
    resize_keyboard: true,
    is_persistent: true,
  }
}

/** Some phones send an emoji with a variation selector and some without. */
function normaliseLabel(text: string): string {
  return text.replaceAll('\uFE0F', '').trim()
}
