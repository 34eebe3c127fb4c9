import type { Station } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'
import { isAccepted } from '../workbooks/accepted.ts'

/** The data that all containers share: names of operations and stations, and the reports of each source. Small, read once for a detection. */
export interface Directories {
  readonly operations: ReadonlyMap<number, string>
  readonly stations: ReadonlyMap<number, Station>
  readonly sourceOf: ReadonlyMap<number, number>
  /** Stamps of the accepted reports of a source in milliseconds, the oldest first. */
  readonly stampsOf: (sourceId: number) => readonly number[]
  readonly newestStamp: Date | undefined
  readonly newestTerminalStamp: Date | undefined
}

export async function readDirectories(db: Db): Promise<Directories> {
  const operations = await db.selectFrom('operation').select(['id', 'name']).execute()
  const stations = await db.selectFrom('station').select(['id', 'name', 'code']).execute()
  const reports = await db
    .selectFrom('workbook')
    .select(['id', 'kind', 'sourceId', 'stamp'])
    .where('sourceId', 'is not', null)
    .where('stamp', 'is not', null)
    .where(isAccepted().$castTo<boolean>())
    .orderBy('stamp')
    .execute()
  const stamps = new Map<number, number[]>()
  const newest = new Map<string, Date>()
  for (const { kind, sourceId, stamp } of reports) {
    if (stamp === null || sourceId === null) continue
    newest.set(kind ?? '', stamp)
    const own = stamps.get(sourceId)
    if (!own) stamps.set(sourceId, [stamp.getTime()])
    else if (own.at(-1) !== stamp.getTime()) own.push(stamp.getTime())
  }
  return {
    operations: new Map(operations.map(({ id, name }) => [id, name])),
    stations: new Map(stations.map(({ id, name, code }) => [id, { name, code: code ?? undefined }])),
    sourceOf: new Map(reports.map(({ id, sourceId }) => [id, sourceId ?? 0])),
    stampsOf: (sourceId) => stamps.get(sourceId) ?? [],
    newestStamp: newest.get('dislocation'),
    newestTerminalStamp: newest.get('terminal_report'),
  }
}
