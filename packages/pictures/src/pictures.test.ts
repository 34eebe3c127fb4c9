import { describe, expect, test } from 'vitest'
import { barsSvg } from './bars-svg.ts'
import type { BarChart, Chart, LanesChart, PaceChart, RouteChart } from './chart.ts'
import { lanesSvg } from './lanes-svg.ts'
import { paceSvg } from './pace-svg.ts'
import { createPictures } from './pictures.ts'
import { routeSvg } from './route-svg.ts'
import { widthOf } from './svg-kit.ts'

/** As a cell may hold it: markup, characters that XML does not take, half a character, and no end. */
const hostile = `<b>&"'\u0000\uD800\uFFFF${'ДЛИННОЕ ИМЯ '.repeat(40)}`
const day = (n: number) => Date.UTC(2026, 10, n)

const bars: BarChart = {
  kind: 'bars',
  title: 'Запросы за <7> дней',
  subtitle: 'МСК+7',
  categories: ['24.11', '25.11'],
  series: [
    { name: 'Запросы', values: [5, 12] },
    { name: 'Люди', values: [2, 0] },
  ],
}

const route: RouteChart = {
  kind: 'route',
  title: hostile,
  stops: [
    { name: 'НАХОДКА', km: 0, kmLabel: '0 км', state: 'passed', lines: ['12.11 04:10'] },
    { name: hostile, km: 10, kmLabel: '10 км', state: 'here', lines: [hostile], count: '43 конт.' },
    { name: 'СЕЛЯТИНО', km: 9_230, kmLabel: '9 230 км', state: 'ahead', lines: [] },
  ],
  strip: {
    title: 'Когда придёт',
    span: { from: day(20), until: day(28) },
    ticks: [{ at: day(24), label: '24.11' }],
    marks: [
      { kind: 'now', at: day(21), label: 'данные' },
      { kind: 'window', from: day(24), until: day(26), label: 'прогноз' },
      { kind: 'norm', at: day(90), label: 'срок' },
    ],
  },
}

const pace: PaceChart = {
  kind: 'pace',
  title: 'Ход рейса',
  axis: { title: 'осталось, км', ticks: [{ km: 0, label: '0' }] },
  span: { from: day(1), until: day(1) },
  ticks: [],
  lines: [
    { name: 'этот рейс', look: 'own', points: [{ at: day(1), km: 900 }] },
    { name: 'как обычно', look: 'usual', points: [] },
  ],
  marks: [{ kind: 'arrival', at: day(1), label: 'прибыл' }],
}

const lanes: LanesChart = {
  kind: 'lanes',
  title: 'Где контейнеры',
  columns: 4,
  ticks: [{ column: 0, label: '4 000 км' }],
  arrivedLabel: 'на месте',
  lanes: [
    {
      name: hostile,
      total: '5 000 конт.',
      counts: [4_000, 0, 1, 999],
      arrived: 0,
      places: [
        { column: 0, name: 'ЗИМА' },
        { column: 0, name: 'ТАЙШЕТ' },
        { column: 0, name: 'КАРЫМСКАЯ' },
      ],
    },
  ],
  notes: ['Расстояние неизвестно: 3'],
}

describe('columns', () => {
  test('differ by pattern and show their numbers, with words in both alphabets', () => {
    const svg = barsSvg(bars)
    expect(svg.match(/<pattern /g)?.length).toBeGreaterThan(0)
    for (const text of ['Запросы за &lt;7&gt; дней', 'МСК+7', '24.11', '>12<']) expect(svg).toContain(text)
    expect(svg).toContain('#ffffff')
  })

  test('one above the other show the number of the whole', () => {
    const svg = barsSvg({ ...bars, isStacked: true })
    for (const text of ['>7<', '>12<']) expect(svg).toContain(text)
    expect(svg).not.toContain('>5<')
  })

  test('cut names that have no end, and hold nothing that a drawing cannot', () => {
    const svg = barsSvg({ ...bars, title: hostile, series: [{ name: hostile, values: [1, 2] }, ...bars.series] })
    expect(svg).toContain('…')
    // What XML does not take.
    expect([svg.includes('\u0000'), svg.includes('\uFFFF')]).toEqual([false, false])
  })
})

describe('a drawing by hand', () => {
  const drawings: readonly [string, string][] = [
    ['route', routeSvg(route)],
    ['pace', paceSvg(pace)],
    ['lanes', lanesSvg(lanes)],
  ]

  test.each(drawings)('of a %s keeps its texts inside, and shows no number that is none', (_, svg) => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    const outside = Array.from(
      svg.matchAll(/<text x="([\d.-]+)" [^>]*font-size="(\d+)"[^>]*text-anchor="(\w+)">([^<]*)</g),
      ([, x = '', size = '', anchor = '', text = '']) => {
        const long = widthOf(text.replaceAll(/&\w+;/g, '.'), Number(size))
        const [left, right] = { start: [0, long], middle: [long / 2, long / 2], end: [long, 0] }[anchor] ?? []
        return { text, from: Number(x) - (left ?? 0), until: Number(x) + (right ?? 0) }
      },
    ).filter(({ from, until }) => from < 0 || until > 800)
    expect(outside).toEqual([])
  })

  test('of a route sets stops by kilometre, and never so close that their texts meet', () => {
    const ys = Array.from(routeSvg(route).matchAll(/<circle cx="152" cy="([\d.]+)"/g), ([, y]) => Number(y))
    const [first = 0, second = 0, , last = 0] = ys
    expect(second - first).toBeGreaterThanOrEqual(46)
    expect(last - second).toBeGreaterThan(300)
  })

  test('of lanes leaves out the names that would cover others', () => {
    expect(lanesSvg(lanes)).toContain('ТАЙШЕТ')
    expect(lanesSvg(lanes)).not.toContain('КАРЫМСКАЯ')
  })
})

// Takes up to 60 s: starts processes that load the charts.
test.each<Chart>([bars, route, pace, lanes])(
  'a picture of $kind is a PNG, drawn once for equal charts',
  async (chart) => {
    const pictures = createPictures()
    const [first, again] = await Promise.all([pictures.draw(chart), pictures.draw({ ...chart })])
    expect(again).toBe(first)
    expect(first.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'))
    const [width, height] = [first.readUInt32BE(16), first.readUInt32BE(20)]
    expect(width).toBe(1_600)
    // Telegram refuses a picture that is much longer than wide.
    expect(height).toBeLessThan(10_000 - width)
  },
)
