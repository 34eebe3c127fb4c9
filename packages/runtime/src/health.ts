import type { Logger } from 'pino'

/** A remark of a part that works: shown with the answer, never a reason for red. Constant text, since strangers may read it. */
export interface HealthDetail {
  readonly detail: string
}

/** Resolves when the part works, with a detail if there is something to say, and rejects when it does not work. */
export type HealthCheck = () => Promise<HealthDetail | void>

/** The state of one part. The reason of a failure is logged and not part of the answer. */
export type PartState = 'ok' | 'failed' | 'no answer'

/** The answer of `/readyz`, as JSON: `{"ok":true,"parts":{"postgres":"ok"},"details":{"mail":"…"}}`. */
export interface HealthReport {
  readonly ok: boolean
  readonly parts: Readonly<Record<string, PartState>>
  /** Remarks of the parts that work, by part; absent when there are none. */
  readonly details?: Readonly<Record<string, string>>
}

export interface Health {
  /** Makes a part count. Throws for a name that is taken. */
  readonly add: (name: string, check: HealthCheck) => void
  /** Asks every part, each within the time limit; answers that are fresh are used again. */
  readonly report: () => Promise<HealthReport>
}

export interface HealthOptions {
  readonly logger: Logger
  /** How long a check may take. */
  readonly timeoutMs?: number
  /** How long an answer is used again, so that frequent requests cannot load the servers. */
  readonly freshMs?: number
  /** How long a part that has not worked yet may take without a warning in the log: connections need a moment. */
  readonly startingMs?: number
}

/** The parts of a process and whether they work. */
export function createHealth(options: HealthOptions): Health {
  const parts = new Map<string, () => Promise<Outcome>>()
  return {
    add(name, check) {
      if (parts.has(name)) throw new Error(`there is a health check ${name} already`)
      parts.set(name, createPart(name, check, options))
    },
    async report() {
      const outcomes = await Promise.all([...parts].map(async ([name, ask]) => [name, await ask()] as const))
      const details = outcomes.flatMap(([name, { detail }]) => (detail === undefined ? [] : [[name, detail] as const]))
      return {
        ok: outcomes.every(([, { state }]) => state === 'ok'),
        parts: Object.fromEntries(outcomes.map(([name, { state }]) => [name, state])),
        ...(details.length > 0 && { details: Object.fromEntries(details) }),
      }
    },
  }
}

interface Outcome {
  readonly state: PartState
  readonly detail?: string | undefined
  readonly error?: unknown
}

/** One check at a time, however often it is asked for: on a server that hangs they would pile up. */
function createPart(name: string, check: HealthCheck, options: HealthOptions): () => Promise<Outcome> {
  const { logger, timeoutMs = 2_000, freshMs = 500, startingMs = 15_000 } = options
  const addedAt = performance.now()
  let hasWorked = false
  let running: { readonly outcome: Promise<Outcome>; readonly startedAt: number } | undefined
  let last: { readonly outcome: Outcome; readonly at: number } | undefined
  let logged: PartState = 'ok'

  function begin() {
    const outcome = outcomeOf(check).then((ended) => {
      last = { outcome: ended, at: performance.now() }
      running = undefined
      return ended
    })
    return (running = { outcome, startedAt: performance.now() })
  }
  return async () => {
    if (last && performance.now() - last.at < freshMs) return last.outcome
    const { outcome, startedAt } = running ?? begin()
    const answered = await within(outcome, startedAt + timeoutMs - performance.now())
    hasWorked ||= answered.state === 'ok'
    if (!hasWorked && performance.now() - addedAt < startingMs) return answered
    if (answered.state !== logged) {
      if (answered.state === 'ok') logger.info({ part: name }, 'a part works again')
      else logger.warn({ part: name, state: answered.state, err: answered.error }, 'a part does not work')
    }
    logged = answered.state
    return answered
  }
}

async function outcomeOf(check: HealthCheck): Promise<Outcome> {
  try {
    const said = await check()
    return { state: 'ok', detail: said?.detail }
  } catch (error) {
    return { state: 'failed', error }
  }
}

async function within(outcome: Promise<Outcome>, ms: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'no answer' }), Math.max(0, ms))
  })
  try {
    return await Promise.race([outcome, late])
  } finally {
    clearTimeout(timer)
  }
}
