/** Columns side by side over days or other categories. Numbers are counts, 0 or more. */
export interface BarChart {
  readonly kind: 'bars'
  readonly title: string
  /** The period and the zone, for instance. */
  readonly subtitle?: string
  /** From left to right, each as short as a day. */
  readonly categories: readonly string[]
  /** One for each category in the same order; named in the legend, and different by pattern as well as colour. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
}

/** Each kind of chart that can be drawn. */
export type Chart = BarChart
