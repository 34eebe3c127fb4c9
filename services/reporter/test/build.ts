import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { createProcessRoom, openQueues } from '@atermtrack/queue'
import { createPictures, type Pictures } from '@atermtrack/pictures'
import { openPolicy } from '@atermtrack/testkit'
import { defaultReadingSettings, type ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { createBuildReport } from '../src/build-report.ts'
import { aJobContext, silent } from './seed.ts'

/** A database with queues of its own. */
export interface Place {
  readonly db: Db
  readonly redisUrl: string
  readonly queuePrefix: string
  readonly emailCopies?: readonly string[]
  readonly reading?: ReadingSettings
  readonly policy?: AccessPolicy
  readonly pictures?: Pictures
}

/** Runs the job of a report as a reporter of its own. */
export async function build(place: Place, reportId: number): Promise<void> {
  await withBuilder(place, (run) => run({ reportId }, aJobContext()))
}

/** Lends the handler of one process. */
export async function withBuilder(
  { db, redisUrl, queuePrefix, emailCopies = [], ...place }: Place,
  use: (run: ReturnType<typeof createBuildReport>) => Promise<void>,
): Promise<void> {
  const connection = { url: redisUrl, prefix: queuePrefix, logger: silent }
  await using queues = openQueues(connection)
  const run = createBuildReport({
    pictures: place.pictures ?? createPictures(),
    policy: place.policy ?? openPolicy,
    db,
    run: createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() }),
    queues,
    emailIsOn: true,
    sourceZone: 'Europe/Moscow',
    scheduleZone: 'Asia/Vladivostok',
    emailCopies,
    staleAfterMinutes: 360,
    standingAfterMinutes: 1_440,
    forecastMovedHours: 12,
    claimDays: 45,
    freeDays: [],
    terminalZone: 'Asia/Vladivostok',
    reading: place.reading ?? defaultReadingSettings,
  })
  await use(run)
}
