import { setTimeout as delay } from 'node:timers/promises'
import type { PersonHandle } from '@atermtrack/sandbox'
import { ask, type Wait } from './ask.ts'
import type { Question } from './create-questions.ts'

export interface SteadyLoad {
  readonly persons: readonly PersonHandle[]
  readonly next: () => Question
  readonly perSecond: number
  readonly seconds: number
}

/** The persons ask in turn at an even pace, whether or not the bot keeps up; returns the wait of each question. */
export async function steadyLoad({ persons, next, perSecond, seconds }: SteadyLoad): Promise<readonly Wait[]> {
  const waits: Promise<Wait>[] = []
  const startedAt = performance.now()
  for (let index = 0; index < perSecond * seconds; index++) {
    const dueInMs = startedAt + (index * 1000) / perSecond - performance.now()
    if (dueInMs > 0) await delay(dueInMs)
    const person = persons[index % persons.length]
    if (!person) continue
    const wait = ask(person, next())
    // Promise.all reports a rejection at the end; an unhandled one before that would kill the process.
    wait.catch(() => undefined)
    waits.push(wait)
  }
  return Promise.all(waits)
}
