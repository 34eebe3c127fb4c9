import { BarChart as Bars } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { BarChart } from './chart.ts'

use([Bars, AriaComponent, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

/** Pixels of the drawing; the picture has twice as many. A phone shows it about 360 wide, where 20 pixels are 9 points. */
export const size = { width: 800, height: 560 }
export const fontFamily = 'Noto Sans'

const text = { fontFamily, color: '#1f2328' }
/** They differ also for people who see no red or no green, and in grey. */
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7']
const patterns = [
  { symbol: 'none' },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 6], rotation: -Math.PI / 4 },
  {
    symbol: 'circle',
    dashArrayX: [
      [7, 7],
      [0, 7, 7, 0],
    ],
    dashArrayY: [7, 0],
    symbolSize: 0.6,
  },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: Math.PI / 4 },
] as const
/** Above so many columns their numbers would overlap: the scale says them then. */
const mostNumbered = 16

/** Draws columns as an SVG on a light ground. */
export function barsSvg({ title, subtitle, categories, series }: BarChart): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      color: colours,
      textStyle: text,
      aria: { enabled: true, decal: { show: series.length > 1, decals: patterns } },
      title: {
        text: title,
        subtext: subtitle,
        left: 24,
        top: 16,
        textStyle: { ...text, fontSize: 28 },
        subtextStyle: { ...text, fontSize: 19 },
      },
      legend: {
        show: series.length > 1,
        bottom: 12,
        itemWidth: 34,
        itemHeight: 20,
        textStyle: { ...text, fontSize: 20 },
      },
      grid: { left: 24, right: 24, top: 110, bottom: series.length > 1 ? 66 : 24 },
      xAxis: {
        type: 'category',
        data: [...categories],
        axisTick: { show: false },
        axisLabel: { ...text, fontSize: 18, hideOverlap: true },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { ...text, fontSize: 18 } },
      series: series.map(({ name, values }) => ({
        type: 'bar' as const,
        name,
        data: [...values],
        label: {
          ...text,
          show: categories.length * series.length <= mostNumbered,
          position: 'top' as const,
          fontSize: 18,
        },
      })),
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
