import type { KnownStation } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'

/** Every station that a file has named, with its road where a file named one. */
export async function listStations(db: Db): Promise<readonly KnownStation[]> {
  const rows = await db
    .selectFrom('station')
    .select(['id', 'name', 'code', 'roadName', 'roadCode'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ id, name, code, roadName, roadCode }) => ({
    id,
    name,
    code: code ?? undefined,
    roadName: roadName ?? undefined,
    roadCode: roadCode ?? undefined,
  }))
}
