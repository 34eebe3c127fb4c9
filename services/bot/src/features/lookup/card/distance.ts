import { type Language, lookupTexts as texts } from '@atermtrack/messages'

/** `5 432 км`, or that it is unknown. */
export function kmView(kmLeft: number | null, language: Language): string {
  const { km, unknown } = texts[language]
  return kmLeft === null ? unknown : `${formatNumber(kmLeft, language)} ${km}`
}

/** With the separators of the language. */
export function formatNumber(value: number, language: Language): string {
  return value.toLocaleString(language === 'ru' ? 'ru-RU' : 'en-GB')
}
