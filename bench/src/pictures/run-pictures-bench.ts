import { type Chart, createPictures } from '@atermtrack/pictures'
import type { Figure } from '../figures.ts'
import { median } from '../statistics.ts'

const hour = 3_600_000
const stations = ['Находка-Восточная', 'Хабаровск II', 'Чернышевск-Забайкальский', 'Иркутск-Сортировочный', 'Селятино']

/** A picture of each kind; `n` makes it another one, since equal ones are drawn once. */
function charts(n: number): readonly Chart[] {
  const days = Array.from({ length: 30 }, (_, day) => day)
  const span = { from: 0, until: 300 * hour }
  const title = `Картинка ${n}`
  const marks = [{ kind: 'window', from: 200 * hour, until: 250 * hour, label: 'прогноз прибытия' }] as const
  const points = days.map((day) => ({ at: day * 8 * hour, km: 9_000 - day * 250 }))
  const series = ['Селятино', 'Новосибирск', 'другие'].map((name) => ({ name, values: days.map((day) => day + n) }))
  const stops = stations.map((name, index) => {
    const km = index * 2_000
    return { name, km, kmLabel: `${km} км`, state: index < 3 ? 'passed' : 'ahead', lines: ['12.11 04:10'] } as const
  })
  const places = stations.map((name, column) => ({ column, name }))
  const lanes = stations.map((name) => ({ name, total: '500 конт.', counts: days.slice(0, 14), arrived: n, places }))
  return [
    { kind: 'route', title, stops, strip: { title, span, ticks: [], marks } },
    {
      kind: 'pace',
      title,
      axis: { title, ticks: [] },
      span,
      ticks: [],
      lines: [{ name: title, look: 'own', points }],
      marks,
    },
    { kind: 'lanes', title, columns: 14, ticks: [], arrivedLabel: 'на месте', lanes, notes: [] },
    { kind: 'bars', title, categories: days.map(String), series, isStacked: true },
  ]
}

/** Draws pictures of each kind, as the reporter does: the first one starts the process that draws. */
export async function runPicturesBench({ isQuick }: { readonly isQuick: boolean }): Promise<readonly Figure[]> {
  const pictures = createPictures()
  const rounds = Array.from({ length: isQuick ? 3 : 20 }, (_, round) => round)
  const figures: Figure[] = []
  for (const [index, { kind }] of charts(0).entries()) {
    const times: number[] = []
    for (const round of rounds) {
      const chart = charts(round)[index]
      if (!chart) continue
      const begun = performance.now()
      await pictures.draw(chart)
      times.push(performance.now() - begun)
    }
    figures.push(
      { name: `pictures, ${kind}: the first`, value: Math.round(times[0] ?? 0), unit: 'ms' },
      { name: `pictures, ${kind}: the others`, value: Math.round(median(times.slice(1))), unit: 'ms' },
    )
  }
  return figures
}
