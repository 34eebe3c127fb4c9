import { type Language, languageOf } from '@atermtrack/messages'
import type { Update } from 'telegraf/types'
import { senderOf } from '../update-facts.ts'

/** Which language to speak to whom, without asking the database. */
export interface KnownLanguages {
  note(telegramId: number, language: Language): void
  /** That of who caused an update: as they were met last, else what their Telegram speaks. */
  of(update: Update): Language
}

/** Remembers the language of those met last, `most` of them at once. */
export function createKnownLanguages({ most = 10_000 }: { readonly most?: number } = {}): KnownLanguages {
  const languages = new Map<number, Language>()
  return {
    note(telegramId, language) {
      // Set anew they stand last, and who was met longest ago stands first.
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
