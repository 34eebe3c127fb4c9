import { emptyFilter, type Filter, parseRailwayTrain } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as trains from '../trains/trains.ts'
import { everything } from '../visibility/visibility.ts'
import { day, importReport, route, type Step } from './import/dislocation-reports.test-helper.ts'
import { search } from './position-search.ts'
import { isInTrain } from './search-conditions.ts'

const [a, b, c] = [1, 2, 3].map(containerNumber) as [string, string, string]
const chita = { name: 'ЧИТА I', code: '940006' }
const omsk = { name: 'ОМСК', code: '830005' }

async function found(db: Db, filter: Partial<Filter>): Promise<readonly string[]> {
  const options = { scope: everything, standingAfterMinutes: 1440, zone: undefined }
  const { found } = await search(db, { ...emptyFilter, ...filter }, options)
  return found.map(({ container }) => container).toSorted()
}

function aStep(container: string, fields: Partial<Step>): Step {
  return { day: 4, operationStation: chita, ...fields, container: container as never }
}

test('containers are found by the number and by the index of their train, however its parts are separated', async ({
  db,
}) => {
  await importReport(db, {
    stamp: day(5),
    steps: [
      aStep(a, { trainNumber: '1318', trainIndex: '9822+123+1811 УГЛОВАЯ+СЕЛЯТИНО' }),
      aStep(b, { trainNumber: '1318', trainIndex: '9822-0123-1811' }),
      aStep(c, { trainNumber: '2041', trainIndex: '9822+1234+1811' }),
    ],
  })
  expect(await found(db, { railTrain: parseRailwayTrain('1318') })).toEqual([a, b].toSorted())
  expect(await found(db, { railTrain: parseRailwayTrain('9822+123+1811') })).toEqual([a, b].toSorted())
  expect(await found(db, { railTrain: parseRailwayTrain('9999') })).toEqual([])
})

test('what has passed a station is found by the day when it was there', async ({ db }) => {
  await importReport(db, { stamp: day(4), steps: [aStep(a, { day: 3 }), aStep(b, { day: 2 })] })
  await importReport(db, {
    stamp: day(6),
    steps: [aStep(a, { day: 5, operationStation: omsk }), aStep(b, { day: 5, operationStation: omsk })],
  })
  const { id } = await db.selectFrom('station').select('id').where('name', '=', chita.name).executeTakeFirstOrThrow()
  const place = {
    kind: 'station',
    key: 's1',
    name: chita.name,
    code: chita.code,
    road: undefined,
    stationIds: [id],
  } as const
  const passed = { places: [{ role: 'passed', places: [place] }] } as const
  expect(await found(db, passed)).toEqual([a, b].toSorted())
  const september3 = day(3).toISOString().slice(0, 10)
  expect(await found(db, { ...passed, passedOn: { from: september3, to: september3 } })).toEqual([a])
})

test('trains of the terminal are found by their number, the newest first, and by their containers', async ({ db }) => {
  await importReport(db, { stamp: day(5), steps: [aStep(a, { operationStation: route.origin })] })
  const sha256 = Buffer.alloc(32, 1)
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  for (const [code, sent] of [
    ['К24-145', 1],
    ['К25-145', 3],
  ] as const) {
    await sql`insert into workbook (origin, file_name, sha256, size, received_at, status, kind, stamp)
      values ('mail', ${code}, ${sha256}, 1, now(), 'imported', 'train_roster', ${day(sent)})`.execute(db)
    await sql`insert into train_roster (workbook_id, train_code, sent_at) select max(id), ${code}, ${day(sent)} from workbook`.execute(
      db,
    )
  }
  await sql`insert into train_roster_row (workbook_id, row_number, container, is_newest)
    select max(id), 1, ${a}, true from workbook`.execute(db)
  expect(await trains.findCodes(db, '145', everything)).toEqual(['К25-145', 'К24-145'])
  expect(await trains.findCodes(db, '146', everything)).toEqual([])
  expect(await trains.codesOf(db, [a, b])).toEqual(new Map([[a, 'К25-145']]))
})

test('the number of a train is looked up by an index', async ({ db }) => {
  const { rows } = await db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    const isAsked = isInTrain(parseRailwayTrain('1318')!)
    return sql<
      Record<string, string>
    >`explain select container from position where ${isAsked} and position.is_live`.execute(tx)
  })
  expect(rows.flatMap((row) => Object.values(row)).join('\n')).toContain('position_train_number')
})
