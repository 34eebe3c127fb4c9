import { type ContainerNumber, parseStation, toWall } from '@atermtrack/domain'
import { type ContainerFact, expect, simulateFortnight, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import { importReport, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import { factsOf } from '../positions/position-facts.ts'
import { findMany, type PositionView } from '../positions/positions.ts'
import { everything } from '../visibility/visibility.ts'

const zone = 'Europe/Moscow'
const dayMs = 86_400_000

test('over a fortnight of reports arrivals, forecasts and idle times say what happened', async ({ db }) => {
  /** The first reported operation of each trip at its destination. */
  const arrivals = new Map<string, Date>()
  const kinds = new Set<string>()
  for await (const file of simulateFortnight({ now: new Date('2025-09-15T06:00:00Z'), seed: 7, scale: 0.3 })) {
    if (file.kind !== 'dislocation') continue
    const { stamp, containers } = file.facts
    await importReport(db, { stamp, steps: containers.map(toStep) })
    for (const fact of containers) recordArrival(arrivals, fact)
    const positions = await findCurrent(db, containers)
    for (const fact of containers) {
      const position = positions.get(fact.container)
      if (position?.waybill !== fact.waybill) continue
      kinds.add(check(position, arrivals.get(tripOf(fact)), stamp))
    }
  }
  expect([...kinds].toSorted()).toEqual(
    expect.arrayContaining(['arrived none', 'arrived standing', 'expected last_operation', 'not_before standing']),
  )
})

/** Compares the facts of a position with what was reported, and returns which facts these are. */
function check(position: PositionView, arrivedAt: Date | undefined, stamp: Date): string {
  const { arrival, idleness, status } = factsOf(position, { standingAfterMinutes: 1_440 })
  if (arrival.kind === 'arrived') expect(arrival.at, position.container).toEqual(arrivedAt)
  else expect(arrivedAt, position.container).toBeUndefined()
  if (arrival.kind === 'expected' || arrival.kind === 'not_before') {
    const earliest = stamp.getTime() + ((position.kmLeft ?? 0) / 600) * dayMs
    expect(arrival.arrivesAt.getTime()).toBeGreaterThanOrEqual(Math.floor(earliest))
  }
  if (status === 'en_route') expect(idleness.kind).toBe('last_operation')
  if (status === 'unloaded') expect(idleness.kind).toBe('none')
  if (status === 'abandoned') expect(arrival.kind).not.toBe('expected')
  return `${arrival.kind} ${idleness.kind}`
}

function tripOf({ container, waybill, destination }: ContainerFact): string {
  return [container, waybill, destination].join()
}

function recordArrival(arrivals: Map<string, Date>, fact: ContainerFact): void {
  const known = arrivals.get(tripOf(fact))
  if (fact.station !== fact.destination || (known && known <= fact.operatedAt)) return
  arrivals.set(tripOf(fact), fact.operatedAt)
}

async function findCurrent(db: Db, containers: readonly ContainerFact[]): Promise<ReadonlyMap<string, PositionView>> {
  const numbers = containers.map(({ container }) => container)
  const positions = await findMany(db, numbers, everything)
  return new Map(positions.map((position) => [position.container, position]))
}

function toStep({ container, station, destination, operatedAt, ...fact }: ContainerFact): Step {
  return {
    ...fact,
    day: 1,
    container: container as ContainerNumber,
    operationStation: parseStation(station) ?? { name: station, code: undefined },
    destinationStation: parseStation(destination),
    originStation: parseStation('УГЛОВАЯ (982206)'),
    operatedAt,
    operatedWall: toWall(operatedAt, zone),
    tripStartedAt: undefined,
  }
}
