const benchNames = [
  'import',
  'mail',
  'events',
  'lookup',
  'reports',
  'broadcast',
  'export',
  'pictures',
  'questions',
] as const

/** The answer to `--help`. */
export const benchUsage = `npm run bench -- [--quick] [${benchNames.join('] [')}]
  measures what is named, or all; --quick takes fewer rows and shows only that it works`

export type BenchName = (typeof benchNames)[number]

export interface BenchOptions {
  readonly benches: readonly BenchName[]
  /** Fewer rows and less time: shows that it works, not how fast it is. */
  readonly isQuick: boolean
}

/** Reads the arguments: names of benches (none = all) and `--quick`. Throws on anything else. */
export function readOptions(args: readonly string[]): BenchOptions {
  const names = args.filter((arg) => arg !== '--quick')
  const unknown = names.find((name) => !benchNames.some((known) => known === name))
  if (unknown !== undefined) throw new Error(`no bench "${unknown}": there are ${benchNames.join(', ')}, and --quick`)
  const benches = benchNames.filter((name) => names.length === 0 || names.includes(name))
  return { benches, isQuick: args.includes('--quick') }
}
