import { hasValidCheckDigit, type ContainerNumber } from '@atermtrack/domain'
import { code, escapeHtml, type Language, lookupTexts as texts } from '@atermtrack/messages'
import { pageOf, pageRow } from '../../text/pages.ts'
import type { View } from '../../routing/view.ts'
import { showAbsent } from './actions.ts'
import type { Asked } from './answer.ts'
import { backToList } from './buttons.ts'
import type { Suggestions } from './suggestions.ts'

const mostNamed = 20
const namedPerPage = 30
const numberLength = 11

/** The parts of a question that nobody knows. */
export interface Absent {
  readonly missing: readonly ContainerNumber[]
  /** Pieces that look like a container number but are not one. */
  readonly mistyped: readonly string[]
}

/** Lines that name each number that was not found and its error, at most 20 of a kind; none when everything was found. */
export function absentView(absent: Absent, suggestions: Suggestions, language: Language): readonly string[] {
  const { notFound, mistyped } = texts[language]
  return [
    ...named(notFound(absent.missing.length), missingLines(absent.missing, suggestions, language), language),
    ...named(mistyped(absent.mistyped.length), mistypedLines(absent.mistyped, suggestions, language), language),
  ]
}

/** True when `absentView` does not name everything that was not found. */
export function isAbridged({ missing, mistyped }: Absent): boolean {
  return missing.length > mostNamed || mistyped.length > mostNamed
}

/** A page of everything that was not found. */
export function absentPage(
  { missing, mistyped }: Absent,
  { page: asked, list }: { readonly page: number; readonly list: number },
  language: Language,
): View {
  const words = texts[language]
  const lines = [...missingLines(missing, new Map(), language), ...mistypedLines(mistyped, new Map(), language)]
  const page = pageOf(lines, asked, namedPerPage)
  return {
    html: [words.notFound(lines.length), ...page.rows].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...pageRow(page, (target) => showAbsent.data({ list, page: target })),
        ...backToList({ list }, language),
      ],
    },
  }
}

/** How the numbers of a question were taken, where that is not plain: `MSKU6O11672: показываю MSKU6011672`. */
export function noteOf(
  { note, corrected = [] }: Pick<Asked, 'note' | 'corrected'>,
  language: Language,
): readonly string[] {
  const words = texts[language]
  const lines = corrected.slice(0, mostNamed).map(({ written, container, slips }) => {
    const said = slips.map(({ written, meant }) =>
      /\d/.test(meant) ? words.letterForDigit(written, meant) : words.digitForLetter(written, meant),
    )
    return words.corrected(escapeHtml(written), code(container), said.join(', '))
  })
  return [...(note === undefined ? [] : [note]), ...(lines.length > 0 ? [lines.join('\n')] : [])]
}

function missingLines(
  missing: readonly ContainerNumber[],
  suggestions: Suggestions,
  language: Language,
): readonly string[] {
  return missing.map((number) => {
    const line = hasValidCheckDigit(number)
      ? `• ${code(number)}`
      : `• ${code(number)}: ${texts[language].wrongCheckDigit}`
    return line + perhaps(number, suggestions, language)
  })
}

function mistypedLines(pieces: readonly string[], suggestions: Suggestions, language: Language): readonly string[] {
  return pieces.map(
    (piece) => `• ${code(piece)}: ${whatIsWrong(piece, language)}${perhaps(piece, suggestions, language)}`,
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
  const words = texts[language]
  if (length !== numberLength) return words.wrongLength(length)
  return /^\p{L}{4}\d{7}$/u.test(piece.replace(/[\s-]/g, '')) ? words.wrongOwner : words.wrongForm
}
