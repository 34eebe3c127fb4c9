import { type RawBuilder, sql } from 'kysely'
import type { WorkbookStatus } from '../schema.generated.ts'

/** The statuses of workbooks whose content counts. */
export const acceptedStatuses = ['imported', 'history_only'] as const satisfies readonly WorkbookStatus[]

export function isAcceptedStatus(status: WorkbookStatus): boolean {
  return acceptedStatuses.some((accepted) => accepted === status)
}

/** The same for a row of `workbook` under the name `alias`. As literals, so that partial indexes are found. */
export function isAccepted(alias = 'workbook'): RawBuilder<boolean> {
  const statuses = sql.join(acceptedStatuses.map((status) => sql.lit(status)))
  return sql`${sql.ref(`${alias}.status`)} in (${statuses})`
}
