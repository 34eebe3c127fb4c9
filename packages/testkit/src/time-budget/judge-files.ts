/** A test file of a finished run. */
export interface FileTime {
  readonly path: string
  /** The time of its tests and hooks, without the load of its modules. */
  readonly ms: number
  /** The time that a file of its project may take on an idle machine. */
  readonly budgetSeconds: number
  /** How much slower than an idle machine this one was: 1 or more. */
  readonly slowness: number
  readonly source: string
}

export interface DeclaredTime {
  readonly seconds: number
  readonly reason: string
}

const declaration = /^\/\/ Takes up to (\d+) s: (\S.*)$/m

/** The larger budget that a file declares for itself, with its reason, in a comment line `// Takes up to 40 s: reason`. */
export function readDeclaredTime(source: string): DeclaredTime | undefined {
  const [, seconds, reason] = declaration.exec(source) ?? []
  return seconds === undefined || reason === undefined ? undefined : { seconds: Number(seconds), reason }
}

/** A sentence for each file that exceeds its budget. A busy machine extends every budget in proportion. */
export function findOverBudget(files: readonly FileTime[]): readonly string[] {
  return files.flatMap(({ path, ms, budgetSeconds, slowness, source }) => {
    const seconds = readDeclaredTime(source)?.seconds ?? budgetSeconds
    if (ms <= seconds * slowness * 1_000) return []
    const extended = slowness > 1 ? `, extended ${slowness.toFixed(1)} times on this busy machine` : ''
    return `${path} took ${inSeconds(ms)}; its budget is ${seconds} s${extended}`
  })
}

/** The `count` slowest files, one a line, with the reason of each that declares one. */
export function formatSlowest(files: readonly FileTime[], count: number): string {
  return files
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ path, ms, source }) => {
      const reason = readDeclaredTime(source)?.reason
      return `${inSeconds(ms).padStart(8)}  ${path}${reason === undefined ? '' : ` (${reason})`}`
    })
    .join('\n')
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
