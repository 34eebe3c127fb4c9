import type { Logger } from 'pino'
import { answerWithin, observe, type PartState, type Probe } from './async/probe.ts'

/** A remark of a part that works: shown with the answer, never a reason for red. Constant text, since strangers may read it. */
export interface HealthDetail {
  readonly detail: string
}

/** Resolves when the part works, with a detail if there is something to say, and rejects when it does not work. */
export type HealthCheck = () => Promise<HealthDetail | void>

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
  /** The same with how long each answer took, for those who run the system. */
  readonly inspect: () => Promise<readonly InspectedPart[]>
}

export interface InspectedPart {
  readonly name: string
  readonly state: PartState
  readonly ms: number
  readonly detail?: string | undefined
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
  const askAll = async () => Promise.all([...parts].map(async ([name, ask]) => [name, await ask()] as const))
  return {
    add(name, check) {
      if (parts.has(name)) throw new Error(`there is a health check ${name} already`)
      parts.set(name, createPart(name, check, options))
    },
    async report() {
      const outcomes = await askAll()
      const details = outcomes.flatMap(([name, { value }]) => (value ? [[name, value.detail] as const] : []))
      return {
        ok: outcomes.every(([, { state }]) => state === 'ok'),
        parts: Object.fromEntries(outcomes.map(([name, { state }]) => [name, state])),
        ...(details.length > 0 && { details: Object.fromEntries(details) }),
      }
    },
    async inspect() {
      return (await askAll()).map(([name, { state, ms, value }]) => ({ name, state, ms, detail: value?.detail }))
    },
  }
}

type Outcome = Probe<HealthDetail | undefined>

/** One check at a time, however often it is asked for: on a server that hangs they would pile up. */
function createPart(name: string, check: HealthCheck, options: HealthOptions): () => Promise<Outcome> {
  const { logger, timeoutMs = 2_000, freshMs = 500, startingMs = 15_000 } = options
  const addedAt = performance.now()
  let hasWorked = false
  let running: { readonly outcome: Promise<Outcome>; readonly startedAt: number } | undefined
  let last: { readonly outcome: Outcome; readonly at: number } | undefined
  let logged: PartState = 'ok'

  function begin() {
    const outcome = observe(async () => (await check()) ?? undefined).then((ended) => {
      last = { outcome: ended, at: performance.now() }
      running = undefined
      return ended
    })
    return (running = { outcome, startedAt: performance.now() })
  }
  return async () => {
    if (last && performance.now() - last.at < freshMs) return last.outcome
    const { outcome, startedAt } = running ?? begin()
    const answered = await answerWithin(outcome, startedAt + timeoutMs - performance.now())
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
