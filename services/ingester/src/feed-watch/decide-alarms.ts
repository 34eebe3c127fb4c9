import { isWorkingTime, type WorkHours, workingMinutes } from './working-time.ts'

export interface FeedWatchSettings {
  /** Working time without a dislocation report after which the feed counts as silent. */
  readonly silentMinutes: number
  readonly workHours: WorkHours
  /** Time without the mailbox after which admins are notified. */
  readonly imapDownMinutes: number
}

export interface FeedState {
  readonly now: Date
  /** When this process began to read; the tables do not hold earlier mail yet. */
  readonly startedAt: Date
  readonly dislocation: {
    /** When the last report came, unchanged ones too; undefined when there never was one. */
    readonly lastArrivedAt: Date | undefined
    /** When this system began to watch. */
    readonly watchedSince: Date
  }
  /** Undefined when no mailbox is configured, or the first attempt is still to come. */
  readonly mailbox: MailboxState | undefined
  readonly settings: FeedWatchSettings
  readonly raised: ReadonlySet<string>
}

export interface MailboxState {
  readonly failingSince: Date | undefined
  readonly error: string | undefined
  readonly loginRefused: boolean
}

export type FeedAlarm =
  | { readonly name: 'dislocation-silent'; readonly lastArrivedAt: Date | undefined; readonly quietMinutes: number }
  | { readonly name: 'mailbox-out-of-reach'; readonly failingSince: Date; readonly error: string | undefined }
  | { readonly name: 'mail-login-refused'; readonly failingSince: Date; readonly error: string | undefined }

export type FeedRecovery =
  | { readonly name: 'dislocation-silent'; readonly lastArrivedAt: Date }
  | { readonly name: 'mailbox-out-of-reach' }
  | { readonly name: 'mail-login-refused' }

export interface AlarmDecisions {
  readonly raise: readonly FeedAlarm[]
  readonly clear: readonly FeedRecovery[]
}

const catchUpMs = 10 * 60_000

/** Decides the alarms to report now: each trouble once, and once more when it is over. */
export function decideAlarms(state: FeedState): AlarmDecisions {
  const { raised, settings } = state
  const { lastArrivedAt } = state.dislocation
  const quietMinutes = quietTime(state)
  const silent = quietMinutes >= settings.silentMinutes
  const recoveries: FeedRecovery[] = isReached(state)
    ? [{ name: 'mailbox-out-of-reach' }, { name: 'mail-login-refused' }]
    : []
  if (lastArrivedAt && !silent) recoveries.push({ name: 'dislocation-silent', lastArrivedAt })
  const alarms = [...(silent ? silence(state, quietMinutes) : []), ...mailAlarms(state)]
  return {
    raise: alarms.filter(({ name }) => !raised.has(name)),
    clear: recoveries.filter(({ name }) => raised.has(name)),
  }
}

/** Working time since the last known report, in minutes. */
function quietTime({ now, dislocation, settings }: FeedState): number {
  return workingMinutes(dislocation.lastArrivedAt ?? dislocation.watchedSince, now, settings.workHours)
}

/** At night nobody can do anything about it; the alarm is reported in the morning if the trouble lasts. */
function silence({ now, startedAt, dislocation, settings }: FeedState, quietMinutes: number): readonly FeedAlarm[] {
  if (!isWorkingTime(now, settings.workHours) || now.getTime() - startedAt.getTime() < catchUpMs) return []
  return [{ name: 'dislocation-silent', lastArrivedAt: dislocation.lastArrivedAt, quietMinutes }]
}

function isReached({ mailbox }: FeedState): boolean {
  return mailbox !== undefined && mailbox.failingSince === undefined
}

function mailAlarms({ now, mailbox, settings }: FeedState): readonly FeedAlarm[] {
  if (!mailbox?.failingSince) return []
  const { failingSince, error, loginRefused } = mailbox
  if (loginRefused) return [{ name: 'mail-login-refused', failingSince, error }]
  const minutes = (now.getTime() - failingSince.getTime()) / 60_000
  return minutes >= settings.imapDownMinutes ? [{ name: 'mailbox-out-of-reach', failingSince, error }] : []
}
