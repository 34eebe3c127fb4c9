import type { ColumnProfile } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'

export interface MappedLayout extends ColumnProfile {
  readonly id: number
}

/** Every mapped layout of a dislocation report. */
export async function list(db: Db): Promise<readonly MappedLayout[]> {
  const rows = await db
    .selectFrom('columnProfile')
    .select(['id', 'headerSignature', 'columns'])
    .where('kind', '=', 'dislocation')
    .orderBy('id')
    .execute()
  return rows.map(({ columns, ...row }) => ({ ...row, columns: columns as ColumnProfile['columns'] }))
}

/** Stores the mapping of the columns below a header; a later mapping replaces the one before it. */
export async function save(
  db: Db,
  { headerSignature, columns }: ColumnProfile,
  { createdBy }: { readonly createdBy: number | undefined },
): Promise<number> {
  const mapping = { columns: JSON.stringify(columns), createdBy: createdBy ?? null }
  const row = await db
    .insertInto('columnProfile')
    .values({ kind: 'dislocation', headerSignature, ...mapping })
    .onConflict((conflict) => conflict.column('headerSignature').doUpdateSet(mapping))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
