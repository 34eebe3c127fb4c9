import {
  columnLetters,
  type DislocationField,
  dislocationFields,
  findLikelyHeader,
  headerSignature,
  missingHeadings,
  readLikelyHeader,
} from '@atermtrack/domain'
import { mappingStep } from '../steps.ts'

/** The column mapping that an admin has defined so far; it is the state of a dialog. */
export interface MappingDraft {
  readonly workbookId: number
  /** Zero-based among the rows of the head. */
  readonly header: number
  /** Zero-based place of each field. */
  readonly columns: Readonly<Partial<Record<DislocationField, number>>>
  /** Places whose field is a guess that the admin has not confirmed; a heading that is known is no guess. */
  readonly guessed: readonly number[]
}

export type Head = readonly (readonly string[])[]

/** Creates a draft with a guess by headings and values; by default with the likeliest header. */
export function beginDraft(workbookId: number, head: Head, row?: number): MappingDraft {
  const header = row === undefined ? findLikelyHeader(head) : readLikelyHeader(head, row)
  const guesses = header?.guesses ?? []
  const columns: Partial<Record<DislocationField, number>> = {}
  const guessed: number[] = []
  for (const [index, { field, isKnown }] of guesses.entries()) {
    if (field === undefined) continue
    columns[field] = index
    if (!isKnown) guessed.push(index)
  }
  return { workbookId, header: header?.index ?? 0, columns, guessed }
}

/** Reads the draft of a dialog; undefined for another dialog or another workbook. */
export function readDraft(state: unknown, workbookId: number): MappingDraft | undefined {
  const stored = mappingStep.read(state)
  if (stored?.workbookId !== workbookId) return undefined
  const known = Object.entries(stored.columns).filter(([field]) => isField(field))
  return { workbookId, header: stored.header, columns: Object.fromEntries(known), guessed: stored.guessed }
}

/** Maps a column to a field; each field has one column, and each column has one field. */
export function assign(draft: MappingDraft, column: number, field: DislocationField | undefined): MappingDraft {
  const others = Object.entries(draft.columns).filter(([other, place]) => other !== field && place !== column)
  const columns = Object.fromEntries([...others, ...(field === undefined ? [] : [[field, column]])])
  return { ...draft, columns, guessed: draft.guessed.filter((place) => place !== column) }
}

export function fieldOf({ columns }: MappingDraft, column: number): DislocationField | undefined {
  return dislocationFields.find((field) => columns[field] === column)
}

/** Headings of the required columns without a mapping. */
export function missingOf({ columns }: MappingDraft): readonly string[] {
  return missingHeadings(new Map(Object.entries(columns) as [DislocationField, number][]))
}

/** The signature that identifies the layout from now on. */
export function signatureOf({ header }: MappingDraft, head: Head): string {
  return headerSignature(head[header] ?? [])
}

function isField(text: string): text is DislocationField {
  return dislocationFields.some((field) => field === text)
}

export interface MappedColumn {
  readonly index: number
  /** As Excel names it. */
  readonly letters: string
  readonly heading: string
  readonly field: DislocationField | undefined
  readonly isGuess: boolean
  /** Some values below the heading. */
  readonly samples: readonly string[]
}

const samplesShown = 3

/** The columns of the table with the known facts about each. */
export function columnsOf(draft: MappingDraft, head: Head): readonly MappedColumn[] {
  const [headings = [], ...rows] = head.slice(draft.header)
  const width = Math.max(headings.length, ...rows.map((row) => row.length), 0)
  return Array.from({ length: width }, (_, index) => ({
    index,
    letters: columnLetters(index),
    heading: headings[index] ?? '',
    field: fieldOf(draft, index),
    isGuess: draft.guessed.includes(index) && fieldOf(draft, index) !== undefined,
    samples: rows
      .map((row) => row[index] ?? '')
      .filter((text) => text !== '')
      .slice(0, samplesShown),
  }))
}
