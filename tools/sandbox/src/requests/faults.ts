import { ApiError, forbidden, tooManyRequests } from '../methods/api-error.ts'

/**
 * The kind of fault. `reset`: cut before the request is read; `hang`: read, never answered; `cutReply`: done, then cut
 * without an answer; `cutBody`: done, then cut in the middle of the answer; `html`: 200 with a page of a captive portal.
 */
export type FaultEffect =
  | { readonly kind: 'tooManyRequests'; readonly retryAfterSeconds: number }
  | { readonly kind: 'forbidden'; readonly reason?: string }
  | { readonly kind: 'error'; readonly code: number; readonly description: string }
  | { readonly kind: 'serverError'; readonly status?: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'reset' | 'hang' | 'cutReply' | 'cutBody' | 'html' }

/** The calls that it affects; an omitted field means "any". */
export interface FaultScope {
  readonly method?: string | readonly string[]
  readonly chatId?: number
  /** For so many calls, then no more. */
  readonly times?: number
  /** 0–1, by default 1. */
  readonly probability?: number
}

export type Fault = FaultEffect & FaultScope

export interface FaultHandle {
  readonly id: number
  readonly hits: () => number
  readonly remove: () => void
}

export interface Faults {
  readonly add: (fault: Fault) => FaultHandle
  readonly list: () => readonly (Fault & { readonly id: number; readonly hits: number })[]
  readonly remove: (id: number) => void
  readonly clear: () => void
}

export interface FaultInjector extends Faults {
  /** The connection is to be cut before anything is read. */
  readonly takeReset: (method: string) => boolean
  /** How long to wait, in ms. */
  readonly takeDelay: (method: string, chatId: number | undefined) => number
  readonly take: (method: string, chatId: number | undefined) => FaultEffect | undefined
}

interface ActiveFault {
  readonly id: number
  readonly fault: Fault
  hits: number
}

/** Holds the active faults, and decides for each call which one strikes. */
export function createFaults(random: () => number): FaultInjector {
  const active = new Map<number, ActiveFault>()
  let lastId = 0

  function strike(accepts: (fault: Fault) => boolean, method: string, chatId: number | undefined): Fault | undefined {
    for (const entry of active.values()) {
      const { fault } = entry
      if (!accepts(fault) || !matches(fault, method, chatId)) continue
      if (fault.probability !== undefined && random() >= fault.probability) continue
      entry.hits += 1
      if (fault.times !== undefined && entry.hits >= fault.times) active.delete(entry.id)
      return fault
    }
    return undefined
  }

  return {
    add(fault) {
      lastId += 1
      const entry: ActiveFault = { id: lastId, fault, hits: 0 }
      active.set(entry.id, entry)
      return { id: entry.id, hits: () => entry.hits, remove: () => active.delete(entry.id) }
    },
    list: () => Array.from(active.values(), ({ id, fault, hits }) => ({ ...fault, id, hits })),
    remove: (id) => active.delete(id),
    clear: () => active.clear(),
    takeReset: (method) =>
      strike((fault) => fault.kind === 'reset' && fault.chatId === undefined, method, undefined) !== undefined,
    takeDelay(method, chatId) {
      const fault = strike(({ kind }) => kind === 'slow', method, chatId)
      return fault?.kind === 'slow' ? fault.ms : 0
    },
    take: (method, chatId) =>
      strike(({ kind, chatId }) => kind !== 'slow' && !(kind === 'reset' && chatId === undefined), method, chatId),
  }
}

/** The refusal that a fault stands for; undefined when it does something else. */
export function faultError(fault: FaultEffect): ApiError | undefined {
  if (fault.kind === 'tooManyRequests') return tooManyRequests(fault.retryAfterSeconds)
  if (fault.kind === 'forbidden') return forbidden(fault.reason ?? 'bot was blocked by the user')
  if (fault.kind === 'error') return new ApiError(fault.code, fault.description)
  if (fault.kind !== 'serverError') return undefined
  return new ApiError(fault.status ?? 502, fault.status === 500 ? 'Internal Server Error' : 'Bad Gateway')
}

function matches({ method: wanted, chatId: wantedChat }: FaultScope, method: string, chatId: number | undefined) {
  if (wantedChat !== undefined && wantedChat !== chatId) return false
  return wanted === undefined || (typeof wanted === 'string' ? wanted === method : wanted.includes(method))
}
