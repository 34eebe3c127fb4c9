import type { ExportColumn, ExportKind } from '@atermtrack/domain'
import type { RawBuilder } from 'kysely'

/** Where the rows of a kind come from. Moments stay moments: who reads the rows says in which zone. */
export interface ExportSource<Kind extends ExportKind> {
  readonly columns: { readonly [Column in ExportColumn<Kind>]: RawBuilder<unknown> }
  /** The tables after `from`, without conditions. */
  readonly from: RawBuilder<unknown>
  /** The moment by which rows belong to a period. */
  readonly time: RawBuilder<Date | null>
  /** Rows that no export holds. */
  readonly where?: RawBuilder<boolean>
  /** Along an index, so that the first rows come without sorting all. */
  readonly order: RawBuilder<unknown>
}

export type ExportSources<Kinds extends ExportKind> = { readonly [Kind in Kinds]: ExportSource<Kind> }
