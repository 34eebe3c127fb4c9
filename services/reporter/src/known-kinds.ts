import type { ReportKind } from '@atermtrack/data'

/** Every kind of report that this release builds; the build fails while one of the schema is missing. */
const knownKinds: Readonly<Record<ReportKind, true>> = {
  annotated: true,
  export: true,
  late_register: true,
  lookup: true,
  on_demand: true,
  personal_data: true,
  picture: true,
  rehearsal: true,
  slot: true,
  statistics: true,
  terminal_stock: true,
  unreached: true,
}

/** The time after which a report of an unknown kind is looked at again, by a copy of the release that knows it if one runs. */
export const unknownKindDelayMs = 5_000

/** False for a kind of a newer release, which may run beside this one on the same schema. */
export function isKnownKind(kind: string): boolean {
  return Object.hasOwn(knownKinds, kind)
}
