/** Lehmer's generator: the same numbers from 0 to below 1 for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed * 7919
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return (state - 1) / 2_147_483_646
  }
}
