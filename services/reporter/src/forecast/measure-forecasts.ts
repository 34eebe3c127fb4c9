import { setImmediate as untilOthersRan } from 'node:timers/promises'
import { type Db, forecasts, listArrivedTrips, withOperations } from '@atermtrack/data'
import { type ForecastMeasurement, type ForecastSample, measureForecasts, samplesOf } from '@atermtrack/domain'
import type { Handler } from '@atermtrack/queue'

/** Each statement reads the operations of so many trips. */
const tripsAtOnce = 1_000

/**
 * Measures forecasts over finished trips and tests them, when a week has passed since the last time; on other days it gives stations that
 * have become destinations since then their paces. Reads in short statements, and writes in one transaction.
 */
export function createMeasureForecasts({ db }: { readonly db: Db }): Handler<object> {
  return async (_payload, { logger, signal }) => {
    if (!(await forecasts.isDue(db))) {
      await db.transaction().execute(async (tx) => forecasts.renewPaces(tx))
      return
    }
    const measurement = await measure(await collectSamples(db, signal), signal)
    await db.transaction().execute(async (tx) => forecasts.insert(tx, measurement))
    const { trips, samples, lanes } = measurement
    const measured = lanes.filter(({ step }) => step !== 'plain').length
    logger.info({ trips, samples, lanes: lanes.length, measured }, 'forecasts are measured')
  }
}

async function collectSamples(db: Db, signal: AbortSignal): Promise<readonly ForecastSample[]> {
  const trips = await listArrivedTrips(db)
  const samples: ForecastSample[] = []
  for (let at = 0; at < trips.length; at += tripsAtOnce) {
    signal.throwIfAborted()
    const batch = await withOperations(db, trips.slice(at, at + tripsAtOnce))
    for (const trip of batch) samples.push(...samplesOf(trip))
  }
  return samples
}

/** A part at a time: reports are built in this thread too. */
async function measure(samples: readonly ForecastSample[], signal: AbortSignal): Promise<ForecastMeasurement> {
  const steps = measureForecasts(samples)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await untilOthersRan()
    signal.throwIfAborted()
  }
}
