import { type Figure, ratioOf } from './figures.ts'

const head = ['figure', 'value', 'unit', 'floor', 'ratio'] as const

/** The figures as lines of aligned columns; numbers end below each other. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = [head, ...figures.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const lines = rows.map((row) => row.map((cell, column) => align(cell, column, widths[column] ?? 0)).join('  '))
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].map((line) => line?.trimEnd()).join('\n')
}

function cellsOf(figure: Figure): readonly string[] {
  const { name, value, unit, floor } = figure
  const ratio = ratioOf(figure)
  return [
    name,
    formatNumber(value),
    unit,
    floor === undefined ? '' : formatNumber(floor),
    ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
  ]
}

function align(cell: string, column: number, width: number): string {
  return head[column] === 'figure' || head[column] === 'unit' ? cell.padEnd(width) : cell.padStart(width)
}

/** Three significant digits below a thousand, whole numbers in groups of three above. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)
}
