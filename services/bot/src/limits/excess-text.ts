import type { Language, limitsTexts } from '@atermtrack/messages'
import type { PersonLimits } from './limits.ts'

type Words = (typeof limitsTexts)[Language]

/** The remaining time, rounded up to whole units. */
export function restText(seconds: number, words: Words): string {
  if (seconds < 60) return words.seconds(seconds)
  if (seconds < 3_600) return words.minutes(Math.ceil(seconds / 60))
  return words.hours(Math.ceil(seconds / 3_600))
}

const megabyte = 1024 * 1024

/** The sentence about the limit that one person exceeds. */
export function personText(
  { what, restSeconds }: { readonly what: 'questions' | 'files' | 'bytes'; readonly restSeconds: number },
  { questionsPerMinute, filesPerHour, bytesPerDay }: PersonLimits,
  words: Words,
): string {
  const rest = restText(restSeconds, words)
  if (what === 'questions') return words.questions(questionsPerMinute, rest)
  if (what === 'files') return words.files(filesPerHour, rest)
  return words.bytes(Math.floor(bytesPerDay / megabyte), rest)
}
