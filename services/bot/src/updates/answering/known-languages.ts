import { type Language, languageOf } from '@atermtrack/messages'
import type { Update } from 'telegraf/types'
import { senderOf } from '../update-facts.ts'

/** Knows the language of people without a query. */
export interface KnownLanguages {
  note(telegramId: number, language: Language): void
  /** The language of the sender of an update: the last one stored here, otherwise that of their Telegram. */
  of(update: Update): Language
}

/** Remembers the language of the last `most` people. */
export function createKnownLanguages({ most = 10_000 }: { readonly most?: number } = {}): KnownLanguages {
  const languages = new Map<number, Language>()
  return {
    note(telegramId, language) {
      // A person who is set again moves to the end, so the first one has been idle the longest.
      languages.delete(telegramId)
      languages.set(telegramId, language)
      const [first] = languages.keys()
      if (languages.size > most && first !== undefined) languages.delete(first)
    },
    of(update) {
      const from = senderOf(update)
      return (from && languages.get(from.id)) ?? languageOf(from?.language_code)
    },
  }
}
