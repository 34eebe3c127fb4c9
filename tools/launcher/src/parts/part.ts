import type { PartRow } from '../parts-table.ts'

/** Something outside the services, ready to be used. */
export interface Part extends AsyncDisposable {
  readonly row: PartRow
  /** What the services must know to use it. */
  readonly env: Readonly<Record<string, string>>
}

/** A part that somebody else runs. */
export function configuredPart(row: PartRow, env: Part['env'] = {}): Part {
  return { row, env, [Symbol.asyncDispose]: async () => undefined }
}
