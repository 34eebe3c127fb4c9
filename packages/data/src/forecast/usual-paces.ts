import type { Pace } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'

/** The measured paces to the present destination of a container, by bucket of distance; empty where none is measured. */
export async function find(db: Db, container: string): Promise<ReadonlyMap<number, Pace>> {
  const rows = await db
    .selectFrom('forecastPace as pace')
    .innerJoin('position', 'position.destinationStationId', 'pace.destinationStationId')
    .select(['pace.bucket', 'pace.step', 'usualMinutes', 'lowMinutes', 'highMinutes', 'errorMinutes', 'trips'])
    .where('position.container', '=', container)
    .execute()
  return new Map(
    rows.flatMap(({ bucket, step, ...figures }) => (step === 'plain' ? [] : [[bucket, { step, ...figures }]])),
  )
}
