import { type Db, everything, positions, trains } from '@atermtrack/data'
import { exampleContainers } from '@atermtrack/launcher'
import type { Props } from './scene.ts'

/** More containers than a list shows, few enough for one picture. */
const mostContainers = 14

/** Chooses containers, train and station for the scenes from the imported reports. */
export async function findProps(db: Db): Promise<Props> {
  const moved = await exampleContainers(db, 600)
  // The containers that moved last are on one train; a mix of trains makes a better picture.
  const containers = moved.filter((_, index) => index % Math.ceil(moved.length / mostContainers) === 0)
  const known = await positions.findMany(db, containers, everything)
  const { rows } = await trains.list(db, { offset: 0, limit: 20, scope: everything })
  const train = rows.toSorted((a, b) => b.containers - a.containers)[0]?.code
  const station = mostFrequent(known.map(({ station }) => station.name))
  if (train === undefined || station === undefined) throw new Error('the simulated reports hold nothing to show')
  return { containers, train, station }
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
