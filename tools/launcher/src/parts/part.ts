import type { PartRow } from '../parts-table.ts'

/** Something outside the services, ready to be used. */
export interface Part extends AsyncDisposable {
  readonly row: PartRow
  /** The settings with which the services use it. */
  readonly env: Readonly<Record<string, string>>
}

/** A part that runs outside the launcher. */
export function configuredPart(row: PartRow, env: Part['env'] = {}): Part {
  return { row, env, [Symbol.asyncDispose]: async () => undefined }
}
