import { contracts } from '../contracts.ts'
import type { AnyQueue, DeclaredRhythm, DeclaredSchedule, Service } from '../contracts/define-queue.ts'
import type { Rhythm, Schedule } from './schedules.ts'

const queues: readonly AnyQueue[] = contracts

/** The settings that declared schedules are named after. */
export interface ScheduleSettings {
  readonly scheduleZone?: string
  readonly terminalZone?: string
  readonly pollMinutes?: number
  /** The configured places, by which some schedules are kept or not. */
  readonly places?: readonly string[]
}

/** The schedules that a service keeps: those of the queues that it works. Throws when a setting is missing. */
export function schedulesOf(service: Service, settings: ScheduleSettings): readonly Schedule[] {
  return queues
    .filter(({ workedBy }) => workedBy === service)
    .flatMap((queue) =>
      (queue.schedules ?? [])
        .filter((declared) => isKept(declared, settings))
        .map(({ id, payload, rhythm }) => ({ id, queue, payload, rhythm: rhythmOf(rhythm, settings) })),
    )
}

/** The ids of all schedulers that the services of this release keep. */
export const knownSchedulers: readonly string[] = queues.flatMap(({ schedules = [] }) => schedules.map(({ id }) => id))

function isKept({ places }: DeclaredSchedule<object>, settings: ScheduleSettings): boolean {
  return places === undefined || places.some((place) => settings.places?.includes(place))
}

function rhythmOf(declared: DeclaredRhythm, settings: ScheduleSettings): Rhythm {
  if ('minutes' in declared) return { everyMs: needed(settings, declared.minutes) * 60_000 }
  const { pattern, zone } = declared
  return { pattern, zone: zone === 'UTC' ? zone : needed(settings, zone) }
}

function needed<Key extends keyof ScheduleSettings>(
  settings: ScheduleSettings,
  key: Key,
): NonNullable<ScheduleSettings[Key]> {
  const value = settings[key]
  if (value === undefined) throw new Error(`a schedule needs the setting ${key}`)
  return value
}
