/** Every picture has a title, and mostly a line below it that says of when the data are. */
interface Titled {
  readonly title: string
  /** The period and the zone, for instance. */
  readonly subtitle?: string | undefined
}

/** Columns side by side, or one above the other, over days or other categories. Numbers are counts, 0 or more. */
export interface BarChart extends Titled {
  readonly kind: 'bars'
  /** From left to right, each as short as a day. */
  readonly categories: readonly string[]
  /** One for each category in the same order; named in the legend, and different by pattern as well as colour. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  /** One above the other: together they are the whole. */
  readonly isStacked?: boolean
}

/** A moment on an axis of time, in milliseconds since 1970, and its name. */
export interface Tick {
  readonly at: number
  readonly label: string
}

/** From one moment to another, in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** A named moment or span in a picture, with an entry in its legend. */
export type TimeMark =
  | { readonly kind: 'now' | 'norm' | 'arrival'; readonly at: number; readonly label: string }
  | ({ readonly kind: 'window'; readonly label: string } & Span)

/** An axis of time with marks on it. */
export interface TimeStrip {
  readonly title: string
  readonly span: Span
  readonly ticks: readonly Tick[]
  readonly marks: readonly TimeMark[]
}

/** A station of a route. */
export interface RouteStop {
  readonly name: string
  /** From the origin on, never less than at the stop before; undefined where it is unknown. */
  readonly km: number | undefined
  /** The same as it is read. */
  readonly kmLabel?: string | undefined
  /** `between` stands for stations that have no place of their own in the picture. */
  readonly state: 'passed' | 'here' | 'ahead' | 'between'
  /** Times and stays, a few short lines. */
  readonly lines: readonly string[]
  /** How much is there, for a train. */
  readonly count?: string | undefined
}

/** The way of a container or a train from its origin down to its destination, stations by kilometre. */
export interface RouteChart extends Titled {
  readonly kind: 'route'
  /** At most some twenty. */
  readonly stops: readonly RouteStop[]
  /** When it is to arrive. */
  readonly strip: TimeStrip | undefined
}

/** A line of moments and of kilometres that were left then. */
export interface PaceLine {
  readonly name: string
  readonly look: 'own' | 'usual' | 'expected'
  readonly points: readonly { readonly at: number; readonly km: number }[]
}

/** Kilometres left against time, a trip beside others. */
export interface PaceChart extends Titled {
  readonly kind: 'pace'
  readonly axis: { readonly title: string; readonly ticks: readonly { readonly km: number; readonly label: string }[] }
  readonly span: Span
  readonly ticks: readonly Tick[]
  readonly lines: readonly PaceLine[]
  readonly marks: readonly TimeMark[]
}

/** Containers on the way to one destination, by the distance that is left. */
export interface Lane {
  readonly name: string
  readonly total: string
  /** Counts from the farthest distance on, as many as `columns` of the chart. */
  readonly counts: readonly number[]
  readonly arrived: number
  /** Stations where many are, the most first; those that fit are shown. `column` counts from 0; as many as `columns` is the destination. */
  readonly places: readonly { readonly column: number; readonly name: string }[]
}

/** Where containers are along the ways to their destinations. */
export interface LanesChart extends Titled {
  readonly kind: 'lanes'
  /** Columns of distance, beside the one of those that have arrived. */
  readonly columns: number
  /** At the left edges of columns. */
  readonly ticks: readonly { readonly column: number; readonly label: string }[]
  /** The name of the last column. */
  readonly arrivedLabel: string
  readonly lanes: readonly Lane[]
  /** Lines about containers that are not in the picture. */
  readonly notes: readonly string[]
}

/** Each kind of chart that can be drawn. */
export type Chart = BarChart | RouteChart | PaceChart | LanesChart
