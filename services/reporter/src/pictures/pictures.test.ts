import type { PositionView } from '@atermtrack/data'
import type { WayOperation } from '@atermtrack/domain'
import type { Chart } from '@atermtrack/pictures'
import { describe, expect, test } from 'vitest'
import { aPositionView, asOf, draw, zone } from '../report/report.test-helper.ts'
import { arrivalsPicture } from './arrivals-picture.ts'
import { dayTicks, kmTicks } from './axes.ts'
import { mapPicture } from './map-picture.ts'
import { pacePicture } from './pace-picture.ts'
import type { Picture } from './picture.ts'
import { routePicture } from './route-picture.ts'
import { stockPicture } from './stock-picture.ts'
import { trainPicture } from './train-picture.ts'

const viewer = { language: 'ru', zone: 'Asia/Vladivostok' } as const
const options = { viewer, standingAfterMinutes: 1_440 }
const hoursAgo = (hours: number) => new Date(asOf.getTime() - hours * 3_600_000)
const way: readonly WayOperation[] = [
  { station: 'УГЛОВАЯ', at: hoursAgo(100), kmLeft: 9_300 },
  { station: 'УГЛОВАЯ', at: hoursAgo(80), kmLeft: 9_300 },
  { station: 'МОГОЧА', at: hoursAgo(30), kmLeft: 2_000 },
  { station: 'ЗАБАЙКАЛЬСК', at: new Date('2026-11-22T03:30:00Z'), kmLeft: 1_260 },
]
const measured = { pace: [600, -1_000, 2_000, 300, 37, 1] as const, deliveryDueAt: new Date('2026-11-23T21:00:00Z') }

function chartOf<Kind extends Chart['kind']>(
  picture: Picture | undefined,
  kind: Kind,
): Extract<Chart, { readonly kind: Kind }> {
  expect(JSON.stringify(picture)).not.toMatch(/NaN|undefined/)
  expect(picture?.chart.kind).toBe(kind)
  return picture?.chart as Extract<Chart, { readonly kind: Kind }>
}

function many(count: number, fields: (index: number) => Partial<PositionView>): readonly PositionView[] {
  return Array.from({ length: count }, (_, index) => aPositionView({ container: `C${index}`, ...fields(index) }))
}

function dataOf(positions: readonly PositionView[], more: readonly string[] = []) {
  return draw([...positions.map(({ container }) => container), ...more], positions)
}

describe('the route of a container', () => {
  test('shows stations by kilometre with stays, the forecast and the norm, in the zone of the viewer', () => {
    const chart = chartOf(routePicture(aPositionView(measured), way, options), 'route')
    expect(chart.subtitle).toBe('данные на 22.11\u00A015:00 · МСК+7')
    expect(chart.stops.map(({ name, km, state }) => [name, km, state])).toEqual([
      ['Угловая', 0, 'passed'],
      ['Могоча', 7_300, 'passed'],
      ['Забайкальск', 8_040, 'here'],
      ['Селятино', 9_300, 'ahead'],
    ])
    expect(chart.stops[0]?.lines).toEqual(['18.11\u00A011:00 – 19.11\u00A007:00, стоянка 20 ч'])
    expect(chart.stops[2]?.lines.at(-1)).toContain('осталось')
    expect(chart.strip?.marks.map(({ kind }) => kind)).toEqual(['now', 'window', 'norm'])
    expect(chart.strip?.marks.at(-1)?.label).toContain('до конца 24.11.2026')
  })

  test('needs neither kilometres nor a way, an origin or a destination', () => {
    const position = aPositionView({ kmLeft: null, kmTotal: null, origin: undefined, destination: undefined })
    const chart = chartOf(routePicture(position, [], options), 'route')
    expect(chart.stops.map(({ name, km }) => [name, km])).toEqual([
      ['Забайкальск', undefined],
      ['станция назначения неизвестна', undefined],
    ])
    expect(chart.strip).toBeUndefined()
  })

  test('never goes back in kilometres, and ends at the destination once it is there', () => {
    const detour = [...way.slice(0, 3), { station: 'КРЮК', at: hoursAgo(20), kmLeft: 2_400 }]
    const arrived = { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0, arrivedAt: hoursAgo(2) }
    const chart = chartOf(routePicture(aPositionView(arrived), detour, options), 'route')
    const km = chart.stops.map((stop) => stop.km ?? 0)
    expect(km).toEqual(km.toSorted((a, b) => a - b))
    expect(chart.stops.at(-1)).toMatchObject({ name: 'Селятино', state: 'here' })
    expect(chart.strip?.marks.map(({ kind }) => kind)).toEqual(['now', 'arrival'])
  })

  test('names the origin that no operation names, without a time', () => {
    const chart = chartOf(routePicture(aPositionView({}), way.slice(2), options), 'route')
    expect(chart.stops[0]).toMatchObject({ name: 'Угловая', km: 0, lines: [] })
  })
})

describe('the pace of a container', () => {
  const usual = {
    step: 'lane',
    usualMinutes: 600,
    lowMinutes: 0,
    highMinutes: 2_000,
    errorMinutes: 300,
    trips: 37,
  } as const
  const paces = new Map(Array.from({ length: 17 }, (_, index) => [index + 1, usual]))

  test('stands beside the usual way from the same start, and says how far apart they are', () => {
    const picture = pacePicture(aPositionView(measured), way, paces, options)
    const { lines, marks } = chartOf(picture, 'pace')
    expect(lines.map(({ look, name }) => [look, name])).toEqual([
      ['usual', 'как обычно на Селятино, по 37 рейсам'],
      ['own', 'этот рейс'],
      ['expected', 'прогноз на остаток пути'],
    ])
    const [usually, own, expected] = lines.map(({ points }) => points)
    expect(usually?.[0]).toEqual(own?.[0])
    expect(own?.at(-1)).toEqual({ at: asOf.getTime(), km: 1_260 })
    expect(expected?.[0]).toEqual(own?.at(-1))
    expect(expected?.at(-1)?.km).toBe(0)
    expect(marks).toHaveLength(3)
    expect(picture?.lines).toContainEqual(expect.stringMatching(/^Опережает обычный ход на \d+ сут/))
  })

  test('of one operation is a point with the plain pace; without kilometres there is none', () => {
    const one = chartOf(pacePicture(aPositionView({}), [], new Map(), options), 'pace')
    expect(one.lines.find(({ look }) => look === 'usual')?.name).toContain('600 км в сутки')
    expect(pacePicture(aPositionView({ kmLeft: null }), [], new Map(), options)).toBeUndefined()
  })

  test('ends at the arrival', () => {
    const position = aPositionView({ kmLeft: 0, arrivedAt: hoursAgo(2), station: { name: 'СЕЛЯТИНО', code: '181102' } })
    const { lines } = chartOf(pacePicture(position, way, paces, options), 'pace')
    expect(lines.map(({ look }) => look)).toEqual(['usual', 'own'])
    expect(lines[1]?.points.at(-1)).toEqual({ at: hoursAgo(2).getTime(), km: 0 })
  })
})

describe('the places of many containers', () => {
  test('of five thousand are counted by destination and distance, and nobody is lost', () => {
    const positions = many(5_000, (index) => ({
      destination: index % 50 === 0 ? undefined : { name: `СТАНЦИЯ ${index % 9}`, code: null },
      kmLeft: index % 50 === 1 ? null : (index * 37) % 9_500,
    }))
    const chart = chartOf(mapPicture(dataOf(positions, ['X']), { name: undefined, viewer }), 'lanes')
    expect(chart.lanes).toHaveLength(5)
    expect(chart.lanes.at(-1)?.name).toBe('ещё 5 станций назначения')
    const shown = chart.lanes.flatMap(({ counts, arrived }) => [...counts, arrived]).reduce((sum, count) => sum + count)
    expect(shown).toBe(5_000 - 200)
    expect(chart.notes).toEqual([
      'Станция назначения неизвестна: 100',
      'Расстояние неизвестно: 100',
      'В дислокации не видны: 1',
    ])
  })

  test('put those that are there into a column of their own, and the nearest beside it', () => {
    const there = { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0, arrivedAt: hoursAgo(2) }
    const positions = many(3, (index) => (index === 0 ? there : { kmLeft: index === 1 ? 10 : 9_000 }))
    const [lane] = chartOf(mapPicture(dataOf(positions), { name: undefined, viewer }), 'lanes').lanes
    expect(lane).toMatchObject({ arrived: 1, total: '3\u00A0конт.' })
    expect([lane?.counts[1], lane?.counts.at(-1)]).toEqual([1, 1])
    expect(mapPicture(dataOf([], ['X']), { name: undefined, viewer })).toBeUndefined()
  })
})

test('arrivals are counted on the days of the viewer, those after the norm by themselves', () => {
  // 23:00 in Moscow is the next day in Vladivostok.
  const arrivedAt = new Date('2026-11-21T20:00:00Z')
  const positions = many(4, (index) => {
    if (index === 0) return { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0, arrivedAt }
    return index === 3 ? { kmLeft: null } : { kmLeft: 600, ...(index === 2 && { deliveryDueAt: hoursAgo(200) }) }
  })
  const picture = arrivalsPicture(dataOf(positions), { name: undefined, now: asOf, viewer })
  const { categories, series } = chartOf(picture, 'bars')
  expect([categories[0], categories[4], categories.length]).toEqual(['18.11', '22.11', 15])
  expect(series.map(({ values }) => values.reduce((sum, value) => sum + value))).toEqual([1, 1, 1])
  expect(series[0]?.values[4]).toBe(1)
  expect(picture?.lines).toEqual(['Прибыли 1, ожидаются 2', 'Из них позже срока: 1', 'Без прогноза: 1'])
  expect(arrivalsPicture(dataOf([]), { name: undefined, now: asOf, viewer })).toBeUndefined()
})

test('the stock of a terminal shows the largest directions and the others together', () => {
  const stock = ['A', 'B', 'C', 'D', undefined].flatMap((direction, index) => [
    { day: '2026-11-21', direction, containers: 10 - index },
    { day: '2026-11-22', direction, containers: 20 - index },
  ])
  const picture = stockPicture({ last: '2026-11-22', stock }, { terminal: 'А-Терминал', viewer })
  const { series, categories } = chartOf(picture, 'bars')
  expect(series.map(({ name, values }) => [name, values.at(-1)])).toEqual([
    ['A', 20],
    ['B', 19],
    ['C', 18],
    ['другие направления', 33],
  ])
  expect(categories.at(-1)).toBe('22.11')
  expect(stockPicture({ last: '2026-11-22', stock: [] }, { terminal: undefined, viewer })).toBeUndefined()
})

describe('the route of a train', () => {
  const at = (name: string, kmLeft: number) => ({ station: { name, code: null }, kmLeft })
  const places = [at('ЗИМА', 4_980), at('ЗИМА', 4_980), at('ТАЙШЕТ', 4_500), at('ДАЛЬНЯЯ', 3_000)]
  const positions = many(4, (index) => ({ ...places[index], kmTotal: 9_300, deliveryDueAt: hoursAgo(-48 - index) }))
  const rows = [...positions.map(({ container }) => container), 'X'].map((container) => ({
    container,
    client: null,
    waybill: null,
  }))
  const train = { code: 'К25-073', destination: 'Селятино', sentAt: hoursAgo(200), transshipmentStation: null, rows }
  const operations = [...way.slice(0, 2), { station: 'ЗИМА', at: hoursAgo(3), kmLeft: 4_980 }]

  test('counts its containers at each station, along the way of most of them', () => {
    const data = dataOf(positions, ['X'])
    const picture = trainPicture({ train, data, operations }, { viewer, sourceZone: zone })
    const chart = chartOf(picture, 'route')
    expect(chart.stops.map(({ name, state, count }) => [name, state, count])).toEqual([
      ['Угловая', 'passed', undefined],
      ['Зима', 'here', '2\u00A0конт.'],
      ['Тайшет', 'here', '1\u00A0конт.'],
      ['Дальняя', 'here', '1\u00A0конт.'],
      ['Селятино', 'ahead', undefined],
    ])
    expect(chart.subtitle).toContain('видны 4 из 5 контейнеров')
    expect(chart.strip?.marks.map(({ kind }) => kind)).toEqual(['now', 'window', 'norm'])
    expect(
      trainPicture({ train, data: dataOf([], ['X']), operations: [] }, { viewer, sourceZone: zone }),
    ).toBeUndefined()
  })
})

test('pictures in English hold no Russian words', () => {
  const english = { ...options, viewer: { language: 'en', zone: viewer.zone } } as const
  const all = [
    routePicture(aPositionView(measured), way, english),
    pacePicture(aPositionView(measured), way, new Map(), english),
    mapPicture(dataOf([aPositionView({})]), { name: undefined, viewer: english.viewer }),
  ]
  expect(JSON.stringify(all)).not.toMatch(/[а-яё]/iu)
})

describe('an axis', () => {
  test('has few ticks, at midnights of the zone, whatever the span', () => {
    const from = Date.parse('2026-11-01T10:00:00Z')
    for (const days of [0.5, 1, 6, 30, 400, 4_000]) {
      const ticks = dayTicks({ from, until: from + days * 86_400_000 }, viewer.zone)
      expect(ticks.length).toBeLessThanOrEqual(8)
      for (const { at } of ticks) expect(new Date(at).getUTCHours()).toBe(14)
    }
    expect(dayTicks({ from, until: from + 86_400_000 }, viewer.zone)).toEqual([
      { at: Date.parse('2026-11-01T14:00:00Z'), label: '02.11' },
    ])
  })

  test.each([0, 1, 90, 9_230, 19_999])('of %d km has round ticks that hold it', (km) => {
    const ticks = kmTicks(km, 'ru')
    expect(ticks.length).toBeLessThanOrEqual(8)
    expect(ticks.at(-1)?.km).toBeGreaterThanOrEqual(km)
  })
})
