export interface TestHealth {
  /** The checks of all parts that were added, by name. */
  readonly checks: ReadonlyMap<string, () => Promise<unknown>>
  readonly add: (name: string, check: () => Promise<unknown>) => void
  readonly fail: (error: unknown) => void
}

/** The health of a process that is a test: a part that fails for ever fails the run. */
export function openHealth(): TestHealth {
  const checks = new Map<string, () => Promise<unknown>>()
  return {
    checks,
    add: (name, check) => void checks.set(name, check),
    fail(error) {
      throw error
    },
  }
}
