/** The fill levels of the places where data grow. Sizes are in bytes. */
export interface StorageState {
  readonly database: Level
  /** The volume of a folder that the settings name; undefined when they name none or it cannot be read. */
  readonly disk: Level | undefined
  /** Names of the alarms that are raised. */
  readonly raised: ReadonlySet<string>
}

export interface Level {
  readonly used: number
  readonly limit: number
}

export interface StorageAlarm extends Level {
  readonly name: StorageAlarmName
}

export type StorageAlarmName = 'database-nearly-full' | 'disk-nearly-full'

/** An alarm is raised at this share, and cleared only well below it: a level that wavers is reported once. */
const raisedAt = 0.8
const clearedBelow = 0.75

/** Decides which alarms about storage to raise, and which to clear. */
export function decideStorage({ database, disk, raised }: StorageState): {
  readonly raise: readonly StorageAlarm[]
  readonly clear: readonly StorageAlarm[]
} {
  const levels: readonly StorageAlarm[] = [
    { name: 'database-nearly-full', ...database },
    ...(disk ? [{ name: 'disk-nearly-full' as const, ...disk }] : []),
  ]
  return {
    raise: levels.filter(({ name, used, limit }) => !raised.has(name) && used >= raisedAt * limit),
    clear: levels.filter(({ name, used, limit }) => raised.has(name) && used < clearedBelow * limit),
  }
}
