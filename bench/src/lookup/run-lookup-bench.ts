import { type PersonHandle, type Sandbox, startSandbox } from '@atermtrack/sandbox'
import type { Figure } from '../figures.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { readProcessMemory } from '../process-memory.ts'
import { startService } from '../start-service.ts'
import { percentile } from '../statistics.ts'
import type { Wait } from './ask.ts'
import { createQuestions } from './create-questions.ts'
import { fillDatabase, type Filling } from './fill-database.ts'
import { flood, type FloodResult } from './flood.ts'
import { steadyLoad } from './steady-load.ts'
import { timeQuery } from './time-query.ts'

export interface LookupBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly tell: (line: string) => void
}

interface Size extends Filling {
  readonly seconds: number
  readonly floodSeconds: number
}

const fullSize: Size = { positions: 1_000_000, movementsPerPosition: 10, seconds: 60, floodSeconds: 20 }
const quickSize: Size = { positions: 50_000, movementsPerPosition: 10, seconds: 10, floodSeconds: 5 }
const perSecond = 50
const warmUpSeconds = 3
const personCount = 1_000
const floodPersons = 200

/** Has many persons ask the real bot, which polls a stand-in for Telegram, about a large database. */
export async function runLookupBench({ servers, isQuick, tell }: LookupBenchOptions): Promise<readonly Figure[]> {
  const size = isQuick ? quickSize : fullSize
  const url = await servers.createDatabase('lookup')
  tell(`lookup: filling in ${size.positions} positions, ${size.movementsPerPosition} movements each`)
  const fillingAt = performance.now()
  await fillDatabase(url, size)
  const fillSeconds = (performance.now() - fillingAt) / 1000
  const queryMs = await timeQuery(url, createQuestions(size.positions))

  await using sandbox = await startSandbox()
  const env = {
    DATABASE_URL: url,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: 'bench-lookup',
    BOT_TOKEN: '1000000000:bench',
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    ACCESS_MODE: 'open',
  }
  await using bot = await startService({ name: 'bot', env, folder: servers.folder })
  const load = { persons: addPersons(sandbox), next: createQuestions(size.positions) }
  tell(`lookup: ${perSecond} questions a second for ${size.seconds} s`)
  await steadyLoad({ ...load, perSecond, seconds: warmUpSeconds })
  const before = await readProcessMemory(bot.pid)
  const steady = await steadyLoad({ ...load, perSecond, seconds: size.seconds })
  tell(`lookup: as many as the bot can answer for ${size.floodSeconds} s`)
  const persons = load.persons.slice(0, floodPersons)
  const flooded = await flood({ ...load, persons, seconds: size.floodSeconds })
  const after = await readProcessMemory(bot.pid)
  return [
    { name: 'lookup: filling the database', value: fillSeconds, unit: 's' },
    ...describeSteady(steady, queryMs),
    ...describeFlood(flooded),
    { name: 'lookup: bot, memory before', value: before.residentMb, unit: 'MB' },
    { name: 'lookup: bot, memory after', value: after.residentMb, unit: 'MB' },
  ]
}

function addPersons(sandbox: Sandbox): readonly PersonHandle[] {
  return Array.from({ length: personCount }, (_, index) => sandbox.person({ name: `Person ${index + 1}` }))
}

function describeSteady(waits: readonly Wait[], queryMs: number): readonly Figure[] {
  const answered = waits.filter((wait) => wait !== undefined)
  const name = (what: string) => `lookup, ${perSecond}/s: ${what}`
  return [
    { name: name('sent'), value: waits.length, unit: 'questions' },
    { name: name('answered'), value: answered.length, unit: 'questions', expected: waits.length },
    { name: name('p50'), value: percentile(answered, 0.5), unit: 'ms', floor: queryMs },
    { name: name('p95'), value: percentile(answered, 0.95), unit: 'ms' },
    { name: name('p99'), value: percentile(answered, 0.99), unit: 'ms' },
  ]
}

function describeFlood({ answeredPerSecond, waitsMs, unanswered }: FloodResult): readonly Figure[] {
  const name = (what: string) => `lookup, ${floodPersons} at once: ${what}`
  return [
    { name: name('speed'), value: answeredPerSecond, unit: 'answers/s' },
    { name: name('p95'), value: percentile(waitsMs, 0.95), unit: 'ms' },
    { name: name('unanswered'), value: unanswered, unit: 'questions', expected: 0 },
  ]
}
