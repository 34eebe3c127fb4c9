import type { ColumnKind, TableValue } from '@atermtrack/workbook-writer'

/** The colour of a row: its number is unknown or impossible. */
export type Shade = 'unknown' | 'mistyped'

/** Unlike the colours that Excel offers, so that they identify an earlier annotation. */
export const colours: Readonly<Record<Shade, string>> = { unknown: 'FFFFF0C2', mistyped: 'FFF9D5D3' }

/** A column that is appended to a sheet. */
export interface StatusColumn {
  /** The name of the column in a mark: letters, the same in every language and release. */
  readonly key: string
  readonly header: string
  readonly kind: ColumnKind
  /** In characters. */
  readonly width: number
  /** Which extension of the columns brought it: files that were completed before lack it. */
  readonly addedIn?: 1 | 2 | 3
}

/** The values beside the numbers of a row. */
export interface Note {
  /** In the order of the columns. */
  readonly values: readonly TableValue[]
  /** The row holds several numbers: each value is text, with a line for each number that has one. */
  readonly isLines?: true
  readonly shade: Shade | undefined
}

/** A column of an earlier annotation. */
export interface OwnColumn {
  /** Where it stands, zero-based. */
  readonly column: number
  /** Which of the appended columns it is. */
  readonly index: number
}

/** The findings in one sheet that holds container numbers. */
export interface NumberSheet {
  /** Zero-based among all sheets. */
  readonly index: number
  readonly name: string
  /** The column of the numbers, zero-based. */
  readonly column: number
  /** Undefined where the numbers begin in the first row. */
  readonly headerRow: number | undefined
  /** Rows below it that repeat the heading of the numbers: tables one above the other. */
  readonly moreHeaderRows?: readonly number[]
  /** The columns of an earlier annotation, from left to right; a person may have removed some of them. */
  readonly own: readonly OwnColumn[] | undefined
  /** One for each number; those of one row stand together. */
  readonly cells: readonly NumberPlace[]
}

export interface NumberPlace {
  readonly rowNumber: number
  /** A container number, or what was typed instead of one. */
  readonly text: string
  readonly isMistyped: boolean
}

/** The changes of one sheet. */
export interface SheetPlan extends Pick<NumberSheet, 'index' | 'column' | 'headerRow' | 'moreHeaderRows' | 'own'> {
  /** Rows with the place of their note among all notes. */
  readonly rows: readonly (readonly [rowNumber: number, note: number])[]
  /** Rows that are written below all others of the sheet. */
  readonly appended?: {
    /** They look like this row. */
    readonly modelRow: number
    readonly rows: readonly AppendedRow[]
  }
}

/** A row that a sheet lacks: a container number and what is said of it. */
export interface AppendedRow {
  readonly text: string
  readonly note: Note
}

export interface AnnotationPlan {
  readonly columns: readonly StatusColumn[]
  readonly notes: readonly Note[]
  readonly sheets: readonly SheetPlan[]
}
