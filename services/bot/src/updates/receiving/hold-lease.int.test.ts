import { openDb } from '@atermtrack/data'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { pino } from 'pino'
import { type HoldOptions, whileHolding, type WorkEnd } from './hold-lease.ts'

const logger = pino({ level: 'silent' })
const untilAborted = async (signal: AbortSignal) =>
  new Promise<WorkEnd>((resolve) => signal.addEventListener('abort', () => resolve('ended')))

/** Holds a lease of `seconds` until the end of the test's block; `begun` and `ended` count the runs of the work. */
function hold(
  options: Pick<HoldOptions, 'db' | 'holder' | 'seconds'>,
  work: (signal: AbortSignal) => Promise<WorkEnd> = untilAborted,
) {
  const stop = new AbortController()
  const runs = { begun: 0, ended: 0 }
  async function run(signal: AbortSignal): Promise<WorkEnd> {
    runs.begun += 1
    const end = await work(signal)
    runs.ended += 1
    return end
  }
  const holding = whileHolding(run, { ...options, name: 'a', logger, signal: stop.signal, onStandby: () => undefined })
  return {
    runs,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await holding
    },
  }
}

test('a lease ends by the clock of the process while the database is silent', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url })
  await using lease = hold({ db, holder: 'first', seconds: 2 })
  await waitUntil(() => lease.runs.begun === 1, { what: 'the work to begin' })
  await ownPostgres.freeze()
  const frozenAt = performance.now()
  await waitUntil(() => lease.runs.ended === 1, { what: 'the work to end' })
  // This is before the database would give it to another process.
  expect(performance.now() - frozenAt).toBeLessThan(2_000)
  await ownPostgres.thaw()
  await waitUntil(() => lease.runs.begun === 2, { what: 'the work to begin again' })
})

test('stuck work leaves the lease to another process', async ({ db }) => {
  await using stuck = hold({ db, holder: 'first', seconds: 3 }, async () => 'stuck')
  await waitUntil(() => stuck.runs.ended === 1, { what: 'the work to be stuck' })
  await using other = hold({ db, holder: 'second', seconds: 3 })
  await waitUntil(() => other.runs.begun === 1, { what: 'the other to begin' })
  expect(stuck.runs.begun).toBe(1)
})
