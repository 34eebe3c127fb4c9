import { type ContainerNumber, defaultEventSettings, parseStation, toWall } from '@atermtrack/domain'
import type { ContainerFact } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { importReport, type Report, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import { detectEvents, requestDetection } from './events.ts'

/** Detects the events of a workbook as the service does. */
export async function detect(db: Db, workbookId: number) {
  const { signal } = new AbortController()
  await requestDetection(db, workbookId)
  return db
    .transaction()
    .execute(async (tx) => detectEvents(tx, workbookId, { settings: defaultEventSettings, signal }))
}

/** Imports a report and detects its events; returns the id of its workbook. */
export async function importAndDetect(db: Db, report: Report): Promise<number> {
  const id = await importReport(db, report)
  await detect(db, id)
  return id
}

export interface LiveEvent {
  readonly container: string
  readonly kind: string
  readonly identity: string
  readonly happenedAt: Date
  readonly station: string | null
  readonly details: unknown
}

/** The events that are not withdrawn, in an order that no id decides. */
export async function listLive(db: Db): Promise<readonly LiveEvent[]> {
  const { rows } = await sql<LiveEvent>`
    select event.container, kind, identity, happened_at, station.key as station, details
    from event left join station on station.id = station_id
    where withdrawn_at is null order by container, happened_at, kind, identity`.execute(db)
  return rows
}

/** A row of a simulated report. */
export function toStep({ container, station, destination, operatedAt, ...fact }: ContainerFact): Step {
  return {
    ...fact,
    day: 1,
    container: container as ContainerNumber,
    operationStation: parseStation(station) ?? { name: station, code: undefined },
    destinationStation: parseStation(destination),
    originStation: parseStation('УГЛОВАЯ (982206)'),
    operatedAt,
    operatedWall: toWall(operatedAt, 'Europe/Moscow'),
    tripStartedAt: undefined,
  }
}
