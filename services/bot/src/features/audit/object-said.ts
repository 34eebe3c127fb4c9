import { auditThings } from '@atermtrack/domain'
import { auditWordsTexts as texts, type Language } from '@atermtrack/messages'

/** The object that a text names by a thing and its number, as entries show it: «файл № 12», «поезд К25-073». */
export function objectSaid(text: string, language: Language): string | undefined {
  const { things } = texts[language]
  const said = text.toLowerCase()
  const thing = auditThings.find((one) => said.startsWith(`${things[one]} `))
  if (thing === undefined) return undefined
  const id = text.slice(things[thing].length).replace(/^\s*(?:№|no\.)?\s*/i, '')
  return `${thing}:${thing === 'train' ? id.toUpperCase() : id}`
}
