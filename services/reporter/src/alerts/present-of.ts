import {
  type ContainerLinks,
  containerLinks,
  currentLinks,
  type Db,
  everything,
  factsOf,
  positions,
} from '@atermtrack/data'
import { forecastIn } from '@atermtrack/domain'
import type { PresentOfContainer } from './compose-alert.ts'

export interface PresentSettings {
  readonly standingAfterMinutes: number
  readonly sourceZone: string
}

/** Beyond this number containers are reported without their trains and arrivals: nobody reads that of thousands. */
const mostContainers = 5_000

/** Looks up what messages say of the present of containers, in two statements. The reader of a message may see its containers. */
export async function lookUpPresent(
  db: Db,
  containers: readonly string[],
  settings: PresentSettings,
): Promise<(container: string) => PresentOfContainer | undefined> {
  const asked = [...new Set(containers)].slice(0, mostContainers)
  const found = await positions.findMany(db, asked, everything)
  const links = new Map((await containerLinks.findMany(db, asked, everything)).map((tied) => [tied.container, tied]))
  const present = new Map(
    found.map((position) => {
      const tied: ContainerLinks | undefined = links.get(position.container)
      const { arrival } = factsOf(position, settings)
      const forecast = forecastIn(arrival)
      return [
        position.container,
        {
          destination: position.destination?.name,
          expected: forecast && { at: forecast.arrivesAt, isEarliest: forecast.kind === 'not_before' },
          trainCode: tied && currentLinks(tied, position, settings).train?.code,
          zone: position.zone,
        },
      ]
    }),
  )
  return (container) => present.get(container)
}
