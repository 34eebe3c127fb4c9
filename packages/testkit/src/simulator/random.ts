import { cycled } from '../builders/identifiers.ts'

export interface Random {
  /** A number from 0 up to but not including 1. */
  readonly next: () => number
  /** A whole number between `min` and `max`, both included. */
  readonly between: (min: number, max: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
}

/** A repeatable stream of numbers (mulberry32); every list of keys gives a stream of its own. */
export function createRandom(...keys: readonly number[]): Random {
  let state = keys.reduce((seed, key) => mixed(seed ^ Math.trunc(key)), 0x9e3779b9)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return mixed(state) / 2 ** 32
  }
  const between = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => cycled(items, between(0, items.length - 1)),
  }
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 15), value | 1)
  hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61)
  return (hash ^ (hash >>> 14)) >>> 0
}
