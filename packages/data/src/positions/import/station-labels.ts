import { normaliseLabel } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'

/** Stores the label of each station that has none yet: names are compared by it, as `isSameStation` does. */
export async function labelStations(tx: Db): Promise<void> {
  const stations = await tx.selectFrom('station').select(['id', 'name']).where('label', 'is', null).execute()
  if (stations.length === 0) return
  const ids = stations.map(({ id }) => id)
  const labels = stations.map(({ name }) => normaliseLabel(name))
  await sql`
    update station set label = named.label from unnest(${ids}::integer[], ${labels}::text[]) as named (id, label)
    where named.id = station.id`.execute(tx)
}
