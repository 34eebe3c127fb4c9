import { containerNumber } from '@atermtrack/testkit'

export interface Question {
  readonly text: string
  /** The answer must name all of them. */
  readonly containers: readonly string[]
}

/**
 * Returns questions as people ask them, the same ones in every run: 70 % one container, 25 % lists of 2 to 10, 5 % a container
 * that no report names. `known` is how many numbers, from `containerNumber(0)` on, the database knows.
 */
export function createQuestions(known: number): () => Question {
  const random = createRandom(1)
  const anyKnown = () => containerNumber(Math.floor(random() * known))
  return () => {
    const kind = random()
    if (kind < 0.05) return ask([containerNumber(known + Math.floor(random() * known))])
    if (kind < 0.75) return ask([anyKnown()])
    return ask(Array.from({ length: 2 + Math.floor(random() * 9) }, anyKnown))
  }
}

function ask(containers: readonly string[]): Question {
  return { text: containers.join('\n'), containers }
}

/** Lehmer's generator: 0 to below 1. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return (state - 1) / 2_147_483_646
  }
}
