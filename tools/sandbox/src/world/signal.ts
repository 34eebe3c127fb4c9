export interface Signal<T> {
  /** Adds a listener and returns the function that removes it. */
  readonly subscribe: (listener: (value: T) => void) => () => void
  readonly emit: (value: T) => void
}

/** Creates a list of listeners that get each value at once. */
export function createSignal<T>(): Signal<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(value) {
      for (const listener of listeners) listener(value)
    },
  }
}

export interface WaitOptions<T, R> {
  readonly signal: Signal<T>
  /** Checked before the wait, for events that have already happened. */
  readonly now: () => R | undefined
  readonly pick: (value: T) => R | undefined
  readonly timeoutMs: number
  readonly what: string
}

/** Waits for the first value that `pick` accepts. Throws after `timeoutMs`, naming what was awaited. */
export function waitForSignal<T, R>({ signal, now, pick, timeoutMs, what }: WaitOptions<T, R>): Promise<R> {
  const present = now()
  if (present !== undefined) return Promise.resolve(present)
  const { promise, resolve, reject } = deferred<R>()
  const timer = setTimeout(() => {
    unsubscribe()
    reject(new Error(`waited ${timeoutMs} ms in vain for ${what}`))
  }, timeoutMs)
  const unsubscribe = signal.subscribe((value) => {
    const picked = pick(value)
    if (picked === undefined) return
    unsubscribe()
    clearTimeout(timer)
    resolve(picked)
  })
  return promise
}

export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

/** Promise.withResolvers, which Node 20 lacks. */
export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  return { promise, resolve, reject }
}
