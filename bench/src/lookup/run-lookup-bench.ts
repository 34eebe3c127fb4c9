import { type PersonHandle, type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { bindToCores } from '../bind-to-cores.ts'
import type { Figure } from '../figures.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { readProcessMemory } from '@atermtrack/testkit'
import { startService } from '../start-service.ts'
import { createQuestions, type Question } from './create-questions.ts'
import { describeFlood, describeLoad, describeMemory } from './describe.ts'
import { fillDatabase, type Filling } from './fill-database.ts'
import { flood } from './flood.ts'
import { between, type Meter, openMeter } from './meter.ts'
import { steadyLoad } from './steady-load.ts'
import { timeQuery } from './time-query.ts'
import { timeViewers } from './time-viewers.ts'

export interface LookupBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly print: (line: string) => void
}

interface Size extends Filling {
  readonly calmSeconds: number
  readonly busySeconds: number
  readonly floodSeconds: number
}

const fullSize: Size = {
  positions: 1_000_000,
  movementsPerPosition: 10,
  calmSeconds: 60,
  busySeconds: 60,
  floodSeconds: 20,
}
const quickSize: Size = {
  positions: 50_000,
  movementsPerPosition: 10,
  calmSeconds: 10,
  busySeconds: 15,
  floodSeconds: 5,
}
const warmUpSeconds = 5
const personCount = 1_000
const floodPersons = 200

/** Measures the real bot, which polls a stand-in for Telegram, while many persons ask about a large database. */
export async function runLookupBench({ servers, isQuick, print }: LookupBenchOptions): Promise<readonly Figure[]> {
  const size = isQuick ? quickSize : fullSize
  const url = await servers.createDatabase('lookup')
  print(`lookup: filling in ${size.positions} positions, ${size.movementsPerPosition} movements each`)
  const fillingAt = performance.now()
  await fillDatabase(url, size)
  const fillSeconds = (performance.now() - fillingAt) / 1000
  const queryMs = await timeQuery(url, createQuestions(size.positions))
  print('lookup: filters, and what companies see')
  const viewers = await timeViewers(url)

  await using sandbox = await startSandbox()
  const env = {
    DATABASE_URL: url,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: 'bench-lookup',
    BOT_TOKEN: '1000000000:bench',
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    ACCESS_MODE: 'open',
    // In a flood each person asks as fast as a hundred do.
    LIMIT_QUESTIONS_PER_MINUTE: '1000000',
  }
  await using bot = await startService({ name: 'bot', env, folder: servers.folder })
  const meter = await openMeter({ url, botPid: bot.pid })
  const place = { botPid: bot.pid, meter, persons: addPersons(sandbox), next: createQuestions(size.positions), print }
  const calm = await measureLoad(place, { perSecond: 50, cores: 1, seconds: size.calmSeconds })
  const busy = await measureLoad(place, { perSecond: 200, cores: 2, seconds: size.busySeconds })
  print(`lookup: as many as the bot can answer for ${size.floodSeconds} s`)
  const flooded = await flood({ ...place, persons: place.persons.slice(0, floodPersons), seconds: size.floodSeconds })
  return [
    { name: 'lookup: filling the database', value: fillSeconds, unit: 's' },
    ...viewers,
    ...describeLoad('lookup, 50/s on one core', calm, queryMs),
    ...describeLoad('lookup, 200/s on two cores', busy, queryMs),
    ...describeMemory('lookup, 200/s on two cores', busy),
    ...describeFlood(`lookup, ${floodPersons} at once`, flooded),
  ]
}

function addPersons(sandbox: Sandbox): readonly PersonHandle[] {
  return Array.from({ length: personCount }, (_, index) => sandbox.person({ name: `Person ${index + 1}` }))
}

interface LoadPlace {
  readonly botPid: number
  readonly meter: Meter
  readonly persons: readonly PersonHandle[]
  readonly next: () => Question
  readonly print: (line: string) => void
}

interface Load {
  readonly perSecond: number
  readonly seconds: number
  /** Cores of the bot; the database and the bench use all cores. */
  readonly cores: number
}

/** Asks at an even pace, after a warm-up at the same pace that does not count. */
async function measureLoad({ botPid, meter, persons, next, print }: LoadPlace, { perSecond, seconds, cores }: Load) {
  await bindToCores(botPid, cores)
  print(
    `lookup: ${perSecond} questions a second for ${seconds} s, the bot on ${cores === 1 ? 'one core' : `${cores} cores`}`,
  )
  await steadyLoad({ persons, next, perSecond, seconds: warmUpSeconds })
  const [memoryBefore, usedBefore] = [await readProcessMemory(botPid), await meter()]
  const waits = await steadyLoad({ persons, next, perSecond, seconds })
  const [memoryAfter, usedAfter] = [await readProcessMemory(botPid), await meter()]
  return { waits, usage: between(usedBefore, usedAfter), memoryBefore, memoryAfter }
}
