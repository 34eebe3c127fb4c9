import { type Language, languages, menuTexts as labels } from '@atermtrack/messages'
import type { ReplyKeyboardMarkup } from 'telegraf/types'

export type MenuItem = keyof (typeof labels)[Language]

const items = new Map<string, MenuItem>(
  languages.flatMap((language) =>
    (Object.keys(labels[language]) as MenuItem[]).map(
      (item) => [normaliseLabel(labels[language][item]), item] as const,
    ),
  ),
)

/** Finds the item with this label in any language. */
export function findMenuItem(text: string): MenuItem | undefined {
  return items.get(normaliseLabel(text))
}

/** The keyboard below the chat; admins have a row more. */
export function menuKeyboard(language: Language, { isAdmin = false } = {}): ReplyKeyboardMarkup {
  const { lookup, subscriptions, attention, email, settings, help, admin } = labels[language]
  return {
    keyboard: [
      [{ text: lookup }, { text: subscriptions }],
      [{ text: attention }, { text: email }],
      [{ text: settings }, { text: help }],
      ...(isAdmin ? [[{ text: admin }]] : []),
    ],
    resize_keyboard: true,
    is_persistent: true,
  }
}

/** Some phones send an emoji with a variation selector, others without one. */
function normaliseLabel(text: string): string {
  return text.replaceAll('\uFE0F', '').trim()
}
