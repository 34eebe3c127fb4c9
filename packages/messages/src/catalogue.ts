import * as packs from './languages.ts'

/** A language that has texts. */
export type Language = keyof typeof packs

/** The texts of every language: the build fails for a language that leaves one out. */
export type Catalogue = typeof packs.ru

export const catalogue: Readonly<Record<Language, Catalogue>> = packs

/** The language of people and chats whose language nobody knows or has texts for. */
export const defaultLanguage: Language = 'ru'

/** All languages, the default one first. */
export const languages: readonly Language[] = [
  defaultLanguage,
  ...(Object.keys(packs) as Language[]).filter((language) => language !== defaultLanguage),
]

/** The name of a language in that language. */
export function languageName(language: Language): string {
  return catalogue[language].languageName
}

/** The language for a code that Telegram reports or the database stores: `en-GB` is read in English. */
export function languageOf(code: string | null | undefined): Language {
  const primary = code?.split('-', 1)[0]
  return languages.find((language) => language === primary) ?? defaultLanguage
}
