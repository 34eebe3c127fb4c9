import { BarChart as Bars } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { BarChart } from './chart.ts'
import { colours, fit, fontFamily, ink, margin, printable, width, widthOf } from './svg-kit.ts'

use([Bars, AriaComponent, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

const size = { width, height: 560 }
const legend = { fontSize: 20, symbol: 34, gap: 28, rowHeight: 48 }

const text = { fontFamily, color: ink }
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
export function barsSvg({ title, subtitle, categories, series: named, isStacked = false }: BarChart): string {
  const within = width - 2 * margin
  const series = named.map(({ name, values }) => ({
    name: fit(printable(name), { size: legend.fontSize, within: within / 2 }),
    values,
  }))
  const isNamed = series.length > 1
  const nameWidth = Math.ceil(Math.max(...series.map(({ name }) => widthOf(name, legend.fontSize))))
  const further = isNamed ? (legendRows(series.length, nameWidth) - 1) * legend.rowHeight : 0
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: size.height + further })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      color: [...colours],
      textStyle: text,
      aria: { enabled: true, decal: { show: series.length > 1, decals: patterns } },
      title: {
        text: fit(printable(title), { size: 28, isBold: true, within }),
        subtext: subtitle === undefined ? undefined : fit(printable(subtitle), { size: 19, within }),
        left: margin,
        top: 16,
        textStyle: { ...text, fontSize: 28 },
        subtextStyle: { ...text, fontSize: 19 },
      },
      legend: {
        show: isNamed,
        data: series.map(({ name }) => name),
        bottom: 12,
        left: margin,
        right: margin,
        itemWidth: legend.symbol,
        itemHeight: 20,
        itemGap: legend.gap,
        // The library cannot measure a font that it does not have.
        textStyle: { ...text, fontSize: legend.fontSize, width: nameWidth },
      },
      grid: { left: 32, right: 24, top: 110, bottom: isNamed ? 72 + further : 24 },
      xAxis: {
        type: 'category',
        data: [...categories],
        axisTick: { show: false },
        axisLabel: { ...text, fontSize: 18, hideOverlap: true },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { ...text, fontSize: 18, formatter: String } },
      series: isStacked
        ? [...series.map((one) => ({ ...columnsOf(one), stack: 'all' })), totalsOf(categories, series)]
        : series.map((one) => ({ ...columnsOf(one), label: numbers(categories.length * series.length) })),
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

function legendRows(names: number, nameWidth: number): number {
  const inRow = Math.max(1, Math.floor((width - 2 * margin) / (legend.symbol + 5 + nameWidth + legend.gap)))
  return Math.ceil(names / inRow)
}

function columnsOf({ name, values }: BarChart['series'][number]) {
  return { type: 'bar' as const, name, data: [...values] }
}

/** Nothing on top of each column, which carries the number of the whole. */
function totalsOf(categories: BarChart['categories'], series: BarChart['series']) {
  const totals = categories.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0))
  const label = {
    ...numbers(categories.length),
    formatter: ({ dataIndex }: { dataIndex: number }) => String(totals[dataIndex] || ''),
  }
  return { type: 'bar' as const, stack: 'all', data: categories.map(() => 0), label }
}

function numbers(shown: number) {
  return { ...text, show: shown <= mostNumbered, position: 'top' as const, fontSize: 18 }
}
