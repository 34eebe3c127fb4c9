/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to, but not including, `end`. */
  below(end: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly [T, ...T[]]): T
}

export function createRandom(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0
  function next(): number {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return { below, chance: (probability) => next() < probability, pick: (list) => list[below(list.length)] ?? list[0] }
}
