import type { QueueJob } from '@atermtrack/queue'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anEvent, aReader, first, raise, second, tellAfter } from '../../test/seed-events.ts'

const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('a message that was put off leaves within the trace of the import that it is about', async ({ db }) => {
  await aReader(db)
  await anEvent(db, { container: first, kind: 'arrived' })
  await raise(db)
  await sql`update alert set trace = ${trace}`.execute(db)
  await anEvent(db, { container: second, kind: 'arrived', station: 'КАРЫМСКАЯ' })
  await raise(db)
  const jobs: QueueJob[] = []
  await tellAfter(db, 5, { queues: { wake: async (added) => void jobs.push(...added) } })
  const rows = await db.selectFrom('delivery').select('trace').orderBy('id').execute()
  const traces = [trace, null]
  expect(rows.map((row) => row.trace)).toEqual(traces)
  expect(jobs.map((job) => job.trace ?? null)).toEqual(traces)
})
