/** One measured value. `floor` is what the bare tools need for the same work in the same run, in the same unit. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly floor?: number
  /** What `value` must be; anything else means that something is broken, not slow. */
  readonly expected?: number
}

/** How many times the floor a figure is, or undefined where it has none. */
export function ratioOf({ value, floor }: Figure): number | undefined {
  return floor === undefined || floor === 0 ? undefined : value / floor
}

/** The figures that are not what they must be. */
export function listBroken(figures: readonly Figure[]): readonly Figure[] {
  return figures.filter(({ value, expected }) => expected !== undefined && value !== expected)
}
