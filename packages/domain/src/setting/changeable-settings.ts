/** How the value of a setting is typed. */
export type SettingForm =
  | 'addresses'
  | 'file_patterns'
  | 'free_days'
  | 'greeting'
  | 'hours'
  | 'number'
  | 'times'
  | 'zone'

export const settingGroups = ['senders', 'thresholds', 'times', 'limits', 'greeting'] as const
export type SettingGroup = (typeof settingGroups)[number]

export interface ChangeableSetting {
  readonly group: SettingGroup
  readonly form: SettingForm
}

/**
 * The settings that admins change while the services run, in the order in which they are listed. Addresses of servers, secrets and
 * whatever decides about rights are not among them, nor is anything that only a restart can change. A name stays for ever: stored values and buttons hold it.
 */
export const changeableSettings = {
  DISLOCATION_SENDERS: { group: 'senders', form: 'addresses' },
  TERMINAL_SENDERS: { group: 'senders', form: 'addresses' },
  ROSTER_SENDERS: { group: 'senders', form: 'addresses' },
  DISLOCATION_FILES: { group: 'senders', form: 'file_patterns' },
  TERMINAL_FILES: { group: 'senders', form: 'file_patterns' },
  ROSTER_FILES: { group: 'senders', form: 'file_patterns' },
  STALE_AFTER_HOURS: { group: 'thresholds', form: 'number' },
  STANDING_AFTER_HOURS: { group: 'thresholds', form: 'number' },
  LONG_IDLE_HOURS: { group: 'thresholds', form: 'number' },
  FORECAST_MOVED_HOURS: { group: 'thresholds', form: 'number' },
  FEED_SILENT_HOURS: { group: 'thresholds', form: 'number' },
  IMAP_DOWN_MINUTES: { group: 'thresholds', form: 'number' },
  TERMINAL_FREE_DAYS: { group: 'thresholds', form: 'free_days' },
  REPORT_WAIT_MINUTES: { group: 'times', form: 'number' },
  OFFERED_TIMES: { group: 'times', form: 'times' },
  FEED_WORK_HOURS: { group: 'times', form: 'hours' },
  SCHEDULE_TIMEZONE: { group: 'times', form: 'zone' },
  MAIL_POLL_MINUTES: { group: 'times', form: 'number' },
  CLAIM_PERIOD_DAYS: { group: 'times', form: 'number' },
  LIMIT_QUESTIONS_PER_MINUTE: { group: 'limits', form: 'number' },
  LIMIT_STRANGER_QUESTIONS_PER_MINUTE: { group: 'limits', form: 'number' },
  LIMIT_GROUP_QUESTIONS_PER_MINUTE: { group: 'limits', form: 'number' },
  LIMIT_FILES_PER_HOUR: { group: 'limits', form: 'number' },
  LIMIT_FILE_MB_PER_DAY: { group: 'limits', form: 'number' },
  ALERTS_PER_HOUR: { group: 'limits', form: 'number' },
  UNKNOWN_GROUP_DAYS: { group: 'limits', form: 'number' },
  GREETING_RU: { group: 'greeting', form: 'greeting' },
  GREETING_EN: { group: 'greeting', form: 'greeting' },
} as const satisfies Readonly<Record<string, ChangeableSetting>>

export type SettingName = keyof typeof changeableSettings
export const settingNames = Object.keys(changeableSettings) as readonly SettingName[]

/** Undefined for a name of another release, or of a setting that is not changed at run time. */
export function findSettingName(text: string): SettingName | undefined {
  return settingNames.find((name) => name === text)
}

export function settingOf(name: SettingName): ChangeableSetting {
  return changeableSettings[name]
}

/** A lower limit keeps people from their ordinary work. */
const leastSafeLimit = 5

/** Whether an admin confirms a new value: who may send workbooks, a zone, and limits that are very low. */
export function isRiskyChange(name: SettingName, value: string): boolean {
  const { group, form } = settingOf(name)
  if (group === 'senders' || form === 'zone') return true
  return group === 'limits' && Number(value) < leastSafeLimit
}

/** A value as it is stored: without blanks around it, and with a list in one line, however it was typed. */
export function tidySetting(name: SettingName, text: string): string {
  const { form } = settingOf(name)
  if (form === 'greeting') return text.trim()
  if (form === 'free_days') return joined(text.split(/[,\n]/))
  if (form === 'addresses' || form === 'file_patterns' || form === 'times') return joined(text.split(/[,;\n]/))
  return text.trim()
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ')
}
