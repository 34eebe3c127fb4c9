import type { PersonHandle } from '@atermtrack/sandbox'
import { ask } from './ask.ts'
import type { Question } from './create-questions.ts'

export interface Flood {
  readonly persons: readonly PersonHandle[]
  readonly next: () => Question
  readonly seconds: number
}

export interface FloodResult {
  readonly answeredPerSecond: number
  readonly waitsMs: readonly number[]
  readonly unanswered: number
}

/** All persons ask again as soon as they have their answer: the most that the bot can answer. */
export async function flood({ persons, next, seconds }: Flood): Promise<FloodResult> {
  const waitsMs: number[] = []
  let unanswered = 0
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1000
  const askOn = async (person: PersonHandle) => {
    while (performance.now() < endAt) {
      const waitedMs = await ask(person, next())
      if (waitedMs === undefined) unanswered += 1
      else waitsMs.push(waitedMs)
    }
  }
  await Promise.all(persons.map(askOn))
  const tookSeconds = (performance.now() - startedAt) / 1000
  return { answeredPerSecond: waitsMs.length / tookSeconds, waitsMs, unanswered }
}
