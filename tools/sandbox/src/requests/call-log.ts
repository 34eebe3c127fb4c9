import { createSignal, waitForSignal } from '../world/signal.ts'

/** One call of the bot, as it was answered. */
export interface Call {
  /** Counts up from 1. */
  readonly seq: number
  /** Unix ms. */
  readonly at: number
  readonly method: string
  readonly chatId: number | undefined
  /** Parameters, JSON texts parsed; an uploaded file is `{fileName, mimeType, size, sha256}`. */
  readonly payload: Readonly<Record<string, unknown>>
  /** HTTP status; undefined when the connection was cut. */
  readonly status: number | undefined
  /** The `result`; undefined when refused. */
  readonly result: unknown
  /** The description of a refusal. */
  readonly error: string | undefined
  /** The injected fault that struck. */
  readonly fault: string | undefined
}

export interface WaitForCallOptions {
  readonly timeoutMs?: number
  /** Only calls with a greater `seq`. */
  readonly afterSeq?: number
}

export interface CallLog {
  readonly calls: readonly Call[]
  readonly record: (call: Omit<Call, 'seq'>) => void
  readonly waitForCall: (predicate: (call: Call) => boolean, options?: WaitForCallOptions) => Promise<Call>
  readonly clear: () => void
}

/** Remembers the newest `keep` calls. */
export function createCallLog(keep: number): CallLog {
  const calls: Call[] = []
  const recorded = createSignal<Call>()
  let seq = 0
  return {
    calls,
    record(call) {
      seq += 1
      const numbered = { seq, ...call }
      calls.push(numbered)
      // In batches, since each removal from the front moves the whole array.
      if (calls.length > keep * 1.25 + 1) calls.splice(0, calls.length - keep)
      recorded.emit(numbered)
    },
    waitForCall(predicate, { timeoutMs = 30_000, afterSeq = 0 } = {}) {
      const pick = (call: Call) => (call.seq > afterSeq && predicate(call) ? call : undefined)
      return waitForSignal({ signal: recorded, now: () => calls.find(pick), pick, timeoutMs, what: 'a call' })
    },
    clear: () => calls.splice(0),
  }
}
