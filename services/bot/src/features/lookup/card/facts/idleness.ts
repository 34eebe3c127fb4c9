import { type Idleness } from '@atermtrack/domain'
import { formatDuration, type Language, lookupTexts as texts } from '@atermtrack/messages'
import { capitalise } from '../../../../text/capitalise.ts'

/** The time that a container has stood, or the age of the last operation of a moving one; undefined when neither is shown. */
export function idlenessView(idleness: Idleness, language: Language): string | undefined {
  if (idleness.kind === 'none') return undefined
  const words = texts[language]
  const time = formatDuration(idleness.minutes, language)
  return idleness.kind === 'standing' ? words.idleFor(time) : words.lastOperation(time)
}

/** The same as a line of its own. */
export function idlenessLine(idleness: Idleness, language: Language): string | undefined {
  const text = idlenessView(idleness, language)
  return text && capitalise(text)
}
