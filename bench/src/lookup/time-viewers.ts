import {
  companies,
  type Db,
  everything,
  openDb,
  positionSearch,
  type Scope,
  terminalStock,
  trains,
} from '@atermtrack/data'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import { median, percentile } from '../statistics.ts'

type Filter = Parameters<typeof positionSearch.search>[1]

const anything: Filter = {
  places: [],
  states: [],
  idleOverMinutes: undefined,
  kmLeft: undefined,
  norm: undefined,
  departed: undefined,
  loaded: undefined,
  feet: undefined,
  arrives: undefined,
  trains: [],
  railTrain: undefined,
  passedOn: undefined,
  asksKm: false,
}

/** Questions that read more than the containers they name. */
const questions: Readonly<Record<string, (db: Db, scope: Scope) => Promise<unknown>>> = {
  'standing over 3 days': search({ ...anything, idleOverMinutes: 3 * 24 * 60 }),
  'at one station': search({ ...anything, places: [{ role: 'now', places: [aPlace(99)] }] }),
  unloaded: search({ ...anything, states: ['unloaded'] }),
  'stock of the terminal': (db, scope) => terminalStock.findStock(db, 'A-Terminal', scope),
  'list of trains': (db, scope) => trains.list(db, { offset: 0, limit: 8, scope }),
}

const repetitions = 7

/**
 * Times such questions in the scope of everybody and of companies with few, some and very many containers, on one connection.
 * Their floor is one read of the live rows of `position`.
 */
export async function timeViewers(url: string): Promise<readonly Figure[]> {
  await using db = openDb({ url, poolSize: 1, isPreparing: true })
  const floor = await timeFloor(url)
  const { rows } = await companies.list(db, { offset: 0, limit: 9 })
  const viewers = [
    { name: 'everybody', scope: everything },
    ...rows.map(({ id, name }) => ({ name, scope: { kind: 'company', companyId: id } as const })),
  ]
  const figures: Figure[] = []
  for (const { name, scope } of viewers) {
    for (const [question, ask] of Object.entries(questions)) {
      figures.push(...describe(`lookup, ${name}, ${question}`, await time(() => ask(db, scope)), floor))
    }
    if (scope.kind === 'company') {
      figures.push(
        ...describe(`lookup, ${name}, how much it sees`, await time(() => companies.countVisible(db, scope)), floor),
      )
    }
  }
  return figures
}

function describe(name: string, tookMs: readonly number[], floor: number): readonly Figure[] {
  return [
    { name: `${name}: p50`, value: median(tookMs), unit: 'ms', floor },
    { name: `${name}: p95`, value: percentile(tookMs, 0.95), unit: 'ms' },
  ]
}

async function time(work: () => Promise<unknown>): Promise<readonly number[]> {
  const tookMs: number[] = []
  // The first run finds nothing in memory, so it does not count.
  for (let index = 0; index <= repetitions; index++) {
    const startedAt = performance.now()
    await work()
    if (index > 0) tookMs.push(performance.now() - startedAt)
  }
  return tookMs
}

async function timeFloor(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, options: '-c random_page_cost=1.1' })
  await client.connect()
  try {
    return median(await time(() => client.query('select count(stamp) from position where is_live')))
  } finally {
    await client.end()
  }
}

function search(filter: Filter) {
  return (db: Db, scope: Scope) =>
    positionSearch.search(db, filter, { scope, standingAfterMinutes: 24 * 60, zone: undefined })
}

function aPlace(stationId: number): Filter['places'][number]['places'][number] {
  return { kind: 'station', key: '', name: '', code: undefined, road: undefined, stationIds: [stationId] }
}
