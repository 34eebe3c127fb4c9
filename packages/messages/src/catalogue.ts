import * as packs from './languages.ts'

/** A language that has texts. */
export type Language = keyof typeof packs

/** What each language must say: the build fails for one that leaves a text out. */
export type Catalogue = typeof packs.ru

export const catalogue: Readonly<Record<Language, Catalogue>> = packs

/** The language of people and chats whose language nobody knows or has texts for. */
export const defaultLanguage: Language = 'ru'

/** All languages, the default one first. */
export const languages: readonly Language[] = [
  defaultLanguage,
  ...(Object.keys(packs) as Language[]).filter((language) => language !== defaultLanguage),
]

/** What a language calls itself. */
export function languageName(language: Language): string {
  return catalogue[language].languageName
}

/** The language for a code that Telegram reports or the database stores: `en-GB` is read in English. */
export function languageOf(code: string | null | undefined): Language {
  const primary = code?.split('-', 1)[0]
  return languages.find((language) => language === primary) ?? defaultLanguage
}
