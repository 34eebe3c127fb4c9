import type { Figure } from '../figures.ts'
import type { ProcessMemory } from '@atermtrack/testkit'
import { percentile } from '../statistics.ts'
import type { Wait } from './ask.ts'
import type { FloodResult } from './flood.ts'
import type { Usage } from './meter.ts'

export interface MeasuredLoad {
  readonly waits: readonly Wait[]
  readonly usage: Usage
  readonly memoryBefore: ProcessMemory
  readonly memoryAfter: ProcessMemory
}

/** The waits of persons who ask at an even pace, and the cost of their questions. */
export function describeLoad(name: string, { waits, usage }: MeasuredLoad, queryMs: number): readonly Figure[] {
  const answered = waits.filter((wait) => wait !== undefined)
  const cost = (seconds: number) => (seconds * 1000) / waits.length
  return [
    { name: `${name}: sent`, value: waits.length, unit: 'questions' },
    { name: `${name}: answered`, value: answered.length, unit: 'questions', expected: waits.length },
    { name: `${name}: p50`, value: percentile(answered, 0.5), unit: 'ms', floor: queryMs },
    { name: `${name}: p95`, value: percentile(answered, 0.95), unit: 'ms' },
    { name: `${name}: p99`, value: percentile(answered, 0.99), unit: 'ms' },
    { name: `${name}: the bot's work`, value: cost(usage.bot), unit: 's/1,000' },
    { name: `${name}: PostgreSQL's work`, value: cost(usage.postgres), unit: 's/1,000' },
    { name: `${name}: the bench's work`, value: cost(usage.bench), unit: 's/1,000' },
    { name: `${name}: transactions`, value: usage.transactions / waits.length, unit: 'per question' },
  ]
}

/** The memory of the bot after a warm-up and after a load. */
export function describeMemory(name: string, { memoryBefore, memoryAfter }: MeasuredLoad): readonly Figure[] {
  return [
    { name: `${name}: bot, memory before`, value: memoryBefore.residentMb, unit: 'MB' },
    { name: `${name}: bot, memory after`, value: memoryAfter.residentMb, unit: 'MB' },
  ]
}

export function describeFlood(
  name: string,
  { answeredPerSecond, waitsMs, unanswered }: FloodResult,
): readonly Figure[] {
  return [
    { name: `${name}: speed`, value: answeredPerSecond, unit: 'answers/s' },
    { name: `${name}: p95`, value: percentile(waitsMs, 0.95), unit: 'ms' },
    { name: `${name}: unanswered`, value: unanswered, unit: 'questions', expected: 0 },
  ]
}
