import {
  droppedAfterDays,
  forecastArrival,
  isDropped,
  isTripOver as isOver,
  kmBucketOf,
  kmBucketStarts,
  tripToRoster,
} from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import fc from 'fast-check'
import { sql } from 'kysely'
import { mayArriveWithin } from '../forecast/forecast-sql.ts'
import { kmBucketOfPosition } from '../forecast/pace-sql.ts'
import { isDroppedFromReports, sourceStates } from '../positions/live-positions.ts'
import { isTripOver } from '../trips/trip-over-sql.ts'
import { isAfterTripOfRoster, isOnTripOfRoster, tripOfPosition } from '../trains/roster-trip.ts'

const minuteMs = 60_000
const base = Date.UTC(2025, 8, 1)
const moment = fc.integer({ min: -90 * 1440, max: 90 * 1440 }).map((minutes) => new Date(base + minutes * minuteMs))
/** Whole days meet the limits of the rules exactly. */
const day = fc.integer({ min: -70, max: 70 }).map((days) => new Date(base + days * 1440 * minuteMs))
const anyMoment = fc.oneof(moment, day)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const waybill = fc.constantFrom('ЭФ000001', 'ЭФ000002')

test('SQL keeps what the domain can forecast for some days', async ({ db }) => {
  const position = fc.record({
    kmLeft: maybe(fc.integer({ min: -5, max: 12_000 })),
    operatedAt: moment,
    age: fc.integer({ min: 0, max: 14 * 1440 }),
    usualMinutes: maybe(fc.integer({ min: -20_000, max: 40_000 })),
  })
  const pace = { step: 'lane', lowMinutes: 0, highMinutes: 0, errorMinutes: 0, trips: 8 } as const
  const range = fc.record({ from: day, days: fc.integer({ min: 1, max: 60 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(position, { minLength: 50, maxLength: 50 }), range, async (positions, { from, days }) => {
      const to = new Date(from.getTime() + days * 1440 * minuteMs)
      const rows = positions.map(({ kmLeft, operatedAt, age, usualMinutes }) => ({
        km_left: kmLeft,
        operated_at: operatedAt,
        stamp: new Date(operatedAt.getTime() + age * minuteMs),
        usual_minutes: usualMinutes,
      }))
      const { rows: found } = await sql<{ isFound: boolean | null }>`
        select ${mayArriveWithin(sql`${from}::timestamptz`, sql`${to}::timestamptz`)} as is_found
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as one (value, place),
          lateral jsonb_to_record(one.value) as position (km_left integer, operated_at timestamptz, stamp timestamptz),
          lateral jsonb_to_record(one.value) as pace (usual_minutes integer)
        order by place`.execute(db)
      const expected = rows.map((row) => {
        const forecast = (isStanding: boolean) =>
          forecastArrival({
            kmLeft: row.km_left ?? undefined,
            operatedAt: row.operated_at,
            stampAt: row.stamp,
            pace: row.usual_minutes === null ? undefined : { ...pace, usualMinutes: row.usual_minutes },
            isStanding,
          })?.arrivesAt
        const [moving, standing] = [forecast(false), forecast(true)]
        return moving !== undefined && standing !== undefined && moving <= to && standing >= from
      })
      expect(found.map(({ isFound }) => isFound ?? false)).toEqual(expected)
    }),
    { numRuns: 30, seed: 16, endOnFailure: false },
  )
})

test('SQL puts distances into the buckets of the domain', async ({ db }) => {
  const limits = kmBucketStarts.flatMap((start) => [start - 1, start, start + 1])
  const distances = [-100, ...limits, 30_000]
  const { rows } = await sql<{ bucket: number }>`
    select ${kmBucketOfPosition} as bucket
    from unnest(${distances}::integer[]) with ordinality as position (km_left, place) order by place`.execute(db)
  expect(rows.map(({ bucket }) => bucket)).toEqual(distances.map(kmBucketOf))
})

test('SQL matches the lists of trains to trips as the domain does', async ({ db }) => {
  const pair = fc.record({
    sentAt: anyMoment,
    line: maybe(waybill),
    waybill: maybe(waybill),
    tripStartedAt: maybe(anyMoment),
    operatedAt: anyMoment,
    arrivedAt: maybe(anyMoment),
    tripEndedAt: maybe(anyMoment),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 50, maxLength: 50 }), async (pairs) => {
      const { rows: found } = await sql<{ isSame: boolean; isLater: boolean }>`
        select ${isOnTripOfRoster} as is_same, ${isAfterTripOfRoster} as is_later
        from jsonb_array_elements(${JSON.stringify(pairs)}::jsonb) with ordinality as pair (value, place),
          lateral (select pair.value ->> 'line' as waybill) as line,
          lateral (select (pair.value ->> 'sentAt')::timestamptz as sent_at) as list,
          lateral (select pair.value ->> 'waybill' as waybill, (pair.value ->> 'tripStartedAt')::timestamptz as trip_started_at,
            (pair.value ->> 'operatedAt')::timestamptz as operated_at, (pair.value ->> 'arrivedAt')::timestamptz as arrived_at,
            (pair.value ->> 'tripEndedAt')::timestamptz as trip_ended_at) as position
        order by place`.execute(db)
      const relations = pairs.map((one) =>
        tripToRoster({ sentAt: one.sentAt, waybill: one.line ?? undefined }, tripOfPosition(one)),
      )
      expect(found.map(({ isSame }) => isSame)).toEqual(relations.map((relation) => relation === 'same'))
      expect(found.map(({ isLater }) => isLater)).toEqual(relations.map((relation) => relation === 'later'))
    }),
    { numRuns: 40, seed: 19, endOnFailure: false },
  )
})

test('SQL says that a trip is over as the domain does', async ({ db }) => {
  const statuses = ['at_origin', 'en_route', 'abandoned', 'at_destination', 'unloaded'] as const
  const trips = statuses.flatMap((status) => [null, new Date(base)].map((endedAt) => ({ status, endedAt })))
  const { rows } = await sql<{ isOver: boolean }>`
    select ${isTripOver} as is_over
    from jsonb_array_elements(${JSON.stringify(trips)}::jsonb) with ordinality as one (value, place),
      lateral (select one.value ->> 'status' as status, one.value ->> 'endedAt' as finished_at) as trip
    order by place`.execute(db)
  expect(rows.map((row) => row.isOver)).toEqual(trips.map(isOver))
})

test('SQL gives up missing containers as the domain does', async ({ db }) => {
  const hour = fc.integer({ min: 0, max: 3 * droppedAfterDays }).map((days) => new Date(base + days * 1440 * minuteMs))
  const world = fc.tuple(fc.uniqueArray(hour, { minLength: 1, maxLength: 6, selector: Number }), fc.array(hour))
  await fc.assert(
    fc.asyncProperty(world, async ([stamps, seen]) => {
      const reports = stamps.map((stamp) => ({ id: 1, source_id: 1, status: 'imported', stamp }))
      const positions = seen.map((seenAt) => ({ seen_at: seenAt }))
      const { rows } = await sql<{ isDropped: boolean }>`
        with workbook as (
          select *, null::timestamptz as confirmed_at from jsonb_to_recordset(${JSON.stringify(reports)}::jsonb)
            as report (id integer, source_id integer, status text, stamp timestamptz)
        ), ${sourceStates}
        select ${isDroppedFromReports} as is_dropped
        from jsonb_array_elements(${JSON.stringify(positions)}::jsonb) with ordinality as one (value, place),
          lateral (select (one.value ->> 'seen_at')::timestamptz as seen_at) as position,
          (select 1 as source_id) as workbook
        order by place`.execute(db)
      const newest = new Date(Math.max(...stamps.map(Number)))
      const expected = seen.map((seenAt) => {
        const missingSince = stamps.filter((stamp) => stamp > seenAt).toSorted((a, b) => Number(a) - Number(b))[0]
        return missingSince !== undefined && isDropped({ missingSince, stampAt: newest })
      })
      expect(rows.map((row) => row.isDropped)).toEqual(expected)
    }),
    { numRuns: 30, seed: 24, endOnFailure: false },
  )
})
