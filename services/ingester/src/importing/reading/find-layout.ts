import type { MappedLayout } from '@atermtrack/data'
import {
  applyProfile,
  type Cell,
  type DislocationHeader,
  findDislocationHeader,
  recogniseSheet,
  type SheetKind,
} from '@atermtrack/domain'

export interface DislocationLayout {
  readonly header: DislocationHeader
  /** The column mapping that the header matches. */
  readonly profileId: number | undefined
}

/** Finds the header of a dislocation report by its known headings; where these do not suffice, among the column mappings. */
export function findDislocationLayout(
  rows: readonly (readonly Cell[])[],
  profiles: readonly MappedLayout[],
): DislocationLayout | undefined {
  const known = findDislocationHeader(rows)
  if (known?.missing.length === 0) return { header: known, profileId: undefined }
  for (const profile of profiles) {
    const header = applyProfile(profile, rows)
    if (header) return { header, profileId: profile.id }
  }
  return known && { header: known, profileId: undefined }
}

/** Finds the kind of a sheet; a report with a column mapping may look like nothing known, or like a roster. */
export function recogniseLayout(
  rows: readonly (readonly Cell[])[],
  profiles: readonly MappedLayout[],
): SheetKind | undefined {
  const kind = recogniseSheet(rows)
  if (kind === 'terminal_report' || kind === 'dislocation') return kind
  return findDislocationLayout(rows, profiles) ? 'dislocation' : kind
}
