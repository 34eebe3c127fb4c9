/** A repeatable stream of numbers. */
export interface Random {
  /** From 0 up to but not including 1. */
  readonly next: () => number
  /** A whole number from 0 up to but not including `limit`. */
  readonly below: (limit: number) => number
  /** A whole number between `min` and `max`, both included. */
  readonly between: (min: number, max: number) => number
  readonly chance: (probability: number) => boolean
  /** Throws when there is nothing to choose from. */
  readonly pick: <T>(items: readonly T[]) => T
}

/** The same keys give the same numbers on every machine; other keys give others. */
export function createRandom(...keys: readonly number[]): Random {
  let state = 0x2545f491
  for (const key of keys) state = scramble(state ^ scramble(key >>> 0) ^ Math.trunc(key / 2 ** 32))
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    return scramble(state) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (min, max) => min + below(max - min + 1),
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('nothing to choose from')
      return items[below(items.length)] as T
    },
  }
}

/** Spreads each bit of a 32-bit number over all of them, and never maps two numbers to one. */
function scramble(value: number): number {
  let mixed = value | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
