/** Columns of a person that decide the language. */
export const languageColumns = ['person.language', 'person.chosenLanguage'] as const

/** The code of the language that a person has chosen, else of the one that Telegram reports. */
export function languageOf(row: { readonly language: string; readonly chosenLanguage: string | null }): string {
  return row.chosenLanguage ?? row.language
}
