import { arrivalMoment, createDirectory, type Filter, readFilter, toWall } from '@atermtrack/domain'
import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import { everything } from '../visibility/visibility.ts'
import { listStations } from './directory.ts'
import { factsOf, type PositionStatus } from './position-facts.ts'
import { importPicture, numbers, storeList, storePaces } from './position-reports.test-helper.ts'
import { search } from './position-search.ts'
import { findMany, type PositionView } from './positions.ts'

const settings = { standingAfterMinutes: 1440 }

describe('a search finds what the facts of the positions say', () => {
  test('for every state, time and distance', async ({ db }) => {
    await importPicture(db)
    await storePaces(db)
    const cases: readonly (readonly [text: string, fits: Fits])[] = [
      ['что в пути', (_, { status }) => status === 'en_route'],
      ['что стоит', (_, { status }) => status === 'standing' || status === 'abandoned'],
      ['брошены', (_, { status }) => status === 'abandoned'],
      ['прибыли', (_, { status }) => status === 'at_destination' || status === 'unloaded'],
      ['выгружены', (_, { status }) => status === 'unloaded'],
      ['на станции отправления', (_, { status }) => status === 'at_origin'],
      ['не выгружены', (_, { status }) => status === 'at_destination'],
      ['пропали', (_, { status }) => status === 'missing'],
      ['больше 2 суток', (_, { idleness }) => idleness.kind === 'standing' && idleness.minutes > 2880],
      [
        'брошены больше 2 суток',
        (_, { status, operationMinutes }) => status === 'abandoned' && operationMinutes > 2880,
      ],
      ['ближе 1500 км', ({ kmLeft }, { status }) => isUnderway(status) && kmLeft !== null && kmLeft < 1500],
      ['дальше 1500 км', ({ kmLeft }, { status }) => isUnderway(status) && kmLeft !== null && kmLeft > 1500],
      ['придут завтра', (position, facts) => isUnderway(facts.status) && arrivalOf(position) === '2025-09-15'],
      [
        'придут 15.09-18.09',
        (position, facts) =>
          isUnderway(facts.status) && arrivalOf(position) >= '2025-09-15' && arrivalOf(position) <= '2025-09-18',
      ],
      [
        'прибыли 12.09-13.09',
        (position, { status }) =>
          (status === 'at_destination' || status === 'unloaded') &&
          arrivalOf(position) >= '2025-09-12' &&
          arrivalOf(position) <= '2025-09-13',
      ],
      [
        'выгружены 13.09',
        ({ operatedWall }, { status }) => status === 'unloaded' && operatedWall.startsWith('2025-09-13'),
      ],
      ['кто опаздывает', (_, { status, norm }) => isUnderway(status) && norm.kind === 'late'],
      [
        'опаздывают больше чем на 3 суток',
        (_, { status, norm }) => isUnderway(status) && norm.kind === 'late' && norm.days > 3,
      ],
      ['ожидается опоздание', (_, { status, norm }) => isUnderway(status) && norm.kind === 'at_risk'],
      [
        'ожидается опоздание больше 2 суток',
        (_, { status, norm }) => isUnderway(status) && norm.kind === 'at_risk' && norm.days > 2,
      ],
      ['идут в срок', (_, { status, norm }) => isUnderway(status) && norm.kind === 'in_time'],
      [
        'прибыли в срок',
        (_, { status, norm }) => (status === 'at_destination' || status === 'unloaded') && norm.kind === 'in_time',
      ],
      [
        'прибыли с опозданием',
        (_, { status, norm }) => (status === 'at_destination' || status === 'unloaded') && norm.kind === 'late',
      ],
      [
        'опаздывают и стоят до Селятино',
        ({ destination }, { status, norm }) =>
          /^(?:standing|abandoned)/.test(status) && norm.kind === 'late' && destination?.name === 'СЕЛЯТИНО',
      ],
      ['порожние в пути', ({ loaded }, { status }) => status === 'en_route' && loaded === false],
      ['гружёные стоят', ({ loaded }, { status }) => /^(?:standing|abandoned)/.test(status) && loaded === true],
      ['20-футовые', ({ containerType }) => containerType === '22G1'],
      [
        '40-футовые до Селятино',
        ({ containerType, destination }) => containerType === '45G1' && destination?.name === 'СЕЛЯТИНО',
      ],
      ['сколько всего', () => true],
      [
        'ушли с Угловой',
        ({ origin }, { status }) => origin?.name === 'УГЛОВАЯ' && status !== 'at_origin' && status !== 'missing',
      ],
      ['в Омске', ({ station }) => station.name === 'ОМСК'],
      ['в Чите', ({ station }) => station.name === 'ЧИТА I'],
      ['на дороге Забайкальской', ({ station }) => station.code === '940006'],
      ['до Селятино', ({ destination }) => destination?.name === 'СЕЛЯТИНО'],
      ['из Угловой', ({ origin }) => origin?.name === 'УГЛОВАЯ'],
      [
        'из Угловой в Селятино, брошены в Чите',
        ({ station, origin }, { status }) =>
          status === 'abandoned' && station.name === 'ЧИТА I' && origin?.name === 'УГЛОВАЯ',
      ],
      [
        'стоит в Чите',
        ({ station }, { status }) => station.name === 'ЧИТА I' && /^(?:standing|abandoned|at_)/.test(status),
      ],
    ]
    const positions = await findMany(db, numbers, everything)
    for (const [text, fits] of cases) {
      const current = positions.filter((position) => !isGone(position))
      const expected = current.filter((position) => fits(position, factsOf(position, settings)))
      expect(expected.length, text).toBeGreaterThan(0)
      const found = await searched(db, text)
      expect(found.map(({ container }) => container).sort(), text).toEqual(
        expected.map(({ container }) => container).sort(),
      )
      for (const position of found) {
        const same = expected.find(({ container }) => container === position.container)
        expect(position.facts, text).toEqual(same && factsOf(same, settings))
      }
    }
  })

  test('for what has passed a station, and for what has left on some days', async ({ db }) => {
    await importPicture(db)
    const positions = (await findMany(db, numbers, everything)).filter((position) => !isGone(position))
    const been = await db
      .selectFrom('movement')
      .innerJoin('station', 'station.id', 'movement.stationId')
      .innerJoin('position', 'position.container', 'movement.container')
      .select(['movement.container'])
      .whereRef('movement.tripId', '=', 'position.tripId')
      .where('station.name', '=', 'ОМСК')
      .execute()
    const passed = new Set(been.map(({ container }) => container))
    const atOmsk = ({ station }: PositionView) => station.name === 'ОМСК'
    const left = positions.filter((position) => {
      const { status } = factsOf(position, settings)
      return passed.has(position.container) && !atOmsk(position) && isUnderway(status)
    })
    expect(left.length).toBeGreaterThan(0)
    expect(sorted(await searched(db, 'что прошло Омск'))).toEqual(sorted(left))

    const trips = await db
      .selectFrom('trip')
      .select(['container', 'departedAt'])
      .where('isCurrent', '=', true)
      .execute()
    const day = (moment: Date) => toWall(moment, 'Europe/Moscow').slice(0, 10)
    const days = trips.flatMap(({ departedAt }) => (departedAt ? [day(departedAt)] : [])).toSorted()
    const asked = days[Math.floor(days.length / 2)] ?? ''
    const departed = new Set(
      trips.flatMap(({ container, departedAt }) => (departedAt && day(departedAt) === asked ? [container] : [])),
    )
    const expected = positions.filter((position) => {
      const { status } = factsOf(position, settings)
      return departed.has(position.container) && status !== 'at_origin' && status !== 'missing'
    })
    expect(expected.length).toBeGreaterThan(0)
    expect(sorted(await searched(db, `отправились ${asked}`))).toEqual(sorted(expected))
  })

  test('for the containers of a train', async ({ db }) => {
    await importPicture(db)
    await storeList(db, 'К25-103', numbers.slice(0, 40))
    const found = await searched(db, 'сколько из К25-103 в пути')
    const positions = await findMany(db, numbers.slice(0, 40), everything)
    const expected = positions.filter((position) => factsOf(position, settings).status === 'en_route')
    expect(found.map(({ container }) => container).sort()).toEqual(expected.map(({ container }) => container).sort())
  })

  test('and nothing of what is out of scope', async ({ db }) => {
    await importPicture(db)
    const { id: companyId } = await db
      .insertInto('company')
      .values({ name: 'Пусто' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.updateTable('position').set({ consignee: 'ООО Чужой' }).execute()
    const filter = await filterOf(db, 'в Чите')
    const { found } = await search(db, filter, { ...options, scope: { kind: 'company', companyId } })
    expect(found).toEqual([])
  })
})

function isUnderway(status: PositionStatus): boolean {
  return status === 'en_route' || status === 'standing' || status === 'abandoned' || status === 'at_origin'
}

function sorted(positions: readonly { readonly container: string }[]): readonly string[] {
  return positions.map(({ container }) => container).toSorted()
}

type Fits = (position: PositionView, facts: ReturnType<typeof factsOf>) => boolean

const options = { scope: everything, ...settings, zone: undefined }

async function searched(db: Db, text: string) {
  const { found, isCut } = await search(db, await filterOf(db, text), options)
  expect(isCut).toBe(false)
  return found
}

async function filterOf(db: Db, text: string): Promise<Filter> {
  const reading = readFilter(text, { directory: createDirectory(await listStations(db)), today: '2025-09-14' })
  if (!reading) throw new Error(`not understood: ${text}`)
  return reading.filter
}

function arrivalOf(position: PositionView): string {
  const moment = arrivalMoment(factsOf(position, settings).arrival)
  return moment ? toWall(moment, position.zone).slice(0, 10) : ''
}

/** Gone from the reports of its source for a week, whatever has become of it. */
function isGone({ missingSince, sourceStamp }: PositionView): boolean {
  return (
    missingSince !== null && sourceStamp !== null && sourceStamp.getTime() - missingSince.getTime() >= 7 * 86_400_000
  )
}
