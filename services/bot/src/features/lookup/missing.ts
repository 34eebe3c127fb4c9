import { hasValidCheckDigit, type ContainerNumber, type Language } from '@atermtrack/domain'
import { code } from '../../html.ts'
import type { Suggestions } from './suggestions.ts'
import { texts } from './texts.ts'

const mostNamed = 50
const numberLength = 11

/** Lines that name what was not found; the first 50 of very many. None when everything was found. */
export function notFoundView(
  missing: readonly ContainerNumber[],
  suggestions: Suggestions,
  language: Language,
): readonly string[] {
  const { notFound, wrongCheckDigit } = texts[language]
  const lines = missing.map((number) => {
    const line = hasValidCheckDigit(number) ? `• ${code(number)}` : `• ${code(number)}: ${wrongCheckDigit}`
    return line + perhaps(number, suggestions, language)
  })
  return named(notFound(missing.length), lines, language)
}

/** Lines that say what is wrong with pieces that look like a container number and are none. */
export function mistypedView(
  pieces: readonly string[],
  suggestions: Suggestions,
  language: Language,
): readonly string[] {
  const { mistyped } = texts[language]
  return named(
    mistyped(pieces.length),
    pieces.map((piece) => `• ${code(piece)}: ${whatIsWrong(piece, language)}${perhaps(piece, suggestions, language)}`),
    language,
  )
}

function perhaps(piece: string, suggestions: Suggestions, language: Language): string {
  const numbers = suggestions.get(piece) ?? []
  return numbers.length === 0 ? '' : `. ${texts[language].perhaps}: ${numbers.map((number) => code(number)).join(', ')}`
}

function named(title: string, lines: readonly string[], language: Language): readonly string[] {
  if (lines.length === 0) return []
  const rest = lines.length - mostNamed
  return ['', title, ...lines.slice(0, mostNamed), ...(rest > 0 ? [texts[language].more(rest)] : [])]
}

function whatIsWrong(piece: string, language: Language): string {
  const { length } = piece.replace(/[\s-]/g, '')
  return length === numberLength ? texts[language].wrongForm : texts[language].wrongLength(length)
}
