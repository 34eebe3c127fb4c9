/** How the backups go, and which alarms about them are raised. */
export interface BackupState {
  /** Undefined when this system makes no backups. */
  readonly backup: WatchedBackup | undefined
  /** Age from which a backup is overdue; undefined where nobody wants to know. */
  readonly overdueSeconds: number | undefined
  /** Names of the alarms that are raised. */
  readonly raised: ReadonlySet<string>
}

export interface WatchedBackup {
  readonly okAt: Date | null
  readonly failingSince: Date | null
  readonly error: string | null
  readonly ageSeconds: number
}

export type BackupAlarm =
  | { readonly name: 'backup-failed'; readonly error: string; readonly lastAt: Date | undefined }
  | { readonly name: 'backup-overdue'; readonly hours: number; readonly lastAt: Date | undefined }

export type BackupAlarmName = BackupAlarm['name']

const names: readonly BackupAlarmName[] = ['backup-failed', 'backup-overdue']

/**
 * Decides which alarms about backups to raise and which to clear. An overdue backup is an alarm of its own: the process that makes
 * them may be gone and report nothing.
 */
export function decideBackup({ backup, overdueSeconds, raised }: BackupState): {
  readonly raise: readonly BackupAlarm[]
  readonly clear: readonly BackupAlarmName[]
} {
  const alarms = backup && overdueSeconds !== undefined ? alarmsOf(backup, overdueSeconds) : []
  const present = new Set(alarms.map(({ name }) => name))
  return {
    raise: alarms.filter(({ name }) => !raised.has(name)),
    clear: names.filter((name) => raised.has(name) && !present.has(name)),
  }
}

function alarmsOf(backup: WatchedBackup, overdueSeconds: number): readonly BackupAlarm[] {
  const { okAt, failingSince, error, ageSeconds } = backup
  const lastAt = okAt ?? undefined
  return [
    ...(failingSince ? [{ name: 'backup-failed' as const, error: error ?? '', lastAt }] : []),
    ...(ageSeconds >= overdueSeconds
      ? [{ name: 'backup-overdue' as const, hours: Math.floor(ageSeconds / 3_600), lastAt }]
      : []),
  ]
}
