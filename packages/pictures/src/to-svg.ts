import type { Chart } from './chart.ts'
import { lanesSvg } from './lanes-svg.ts'
import { paceSvg } from './pace-svg.ts'
import { routeSvg } from './route-svg.ts'

/** The drawing of a chart as SVG, 800 units wide. The library for columns takes as long to load as all the rest, and is loaded where it is needed. */
export async function toSvg(chart: Chart): Promise<string> {
  if (chart.kind === 'route') return routeSvg(chart)
  if (chart.kind === 'pace') return paceSvg(chart)
  if (chart.kind === 'lanes') return lanesSvg(chart)
  const { barsSvg } = await import('./bars-svg.ts')
  return barsSvg(chart)
}
