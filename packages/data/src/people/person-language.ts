import type { Language } from '@atermtrack/domain'

/** Columns of a person that tell which language to speak. */
export const languageColumns = ['person.language', 'person.chosenLanguage'] as const

/** The language a person has chosen, else the one that Telegram says they read. */
export function languageOf(row: { readonly language: string; readonly chosenLanguage: string | null }): Language {
  return (row.chosenLanguage ?? row.language) === 'en' ? 'en' : 'ru'
}
