import { parseFreeDays, parseSlot, parseWorkHours, type SettingName } from '@atermtrack/domain'
import { between, list, serviceEnv } from '@atermtrack/runtime'
import { z } from 'zod'

const mostParts = 50
const longestGreeting = 1_500
const mostNames = 5

/** Addresses, or `@domain` for all of a domain. */
const senders = list.pipe(
  z
    .array(z.string().regex(/^[^\s@,;<>]*@[^\s@,;<>]+$/, 'expected addresses or @domain, comma-separated'))
    .max(mostParts, `expected at most ${mostParts} addresses`),
)

/** At least one, since with none no file would be imported by itself. */
const filePatterns = list.pipe(
  z
    .array(z.string().max(100, 'expected patterns of at most 100 characters'))
    .min(1, 'expected patterns of file names such as *.xlsx')
    .max(mostParts, `expected at most ${mostParts} patterns`),
)

const workHours = z.string().transform((text, context) => {
  const hours = parseWorkHours(text)
  if (hours) return hours
  context.addIssue({ code: 'custom', message: 'expected hours such as 08:00-20:00' })
  return z.NEVER
})

const freeDays = z.string().transform((text, context) => {
  const rules = parseFreeDays(text)
  if (rules) return rules
  context.addIssue({ code: 'custom', message: 'expected rules such as `ВСК;40;Селятино=7:1500, *;*;*=5`' })
  return z.NEVER
})

const timesOfDay = list.transform((words, context) => {
  const slots = words.map(parseSlot)
  const known = [...new Set(slots.flatMap((slot) => slot ?? []))].sort()
  if (slots.every((slot) => slot !== undefined) && known.length > 0 && known.length <= 6) return known
  context.addIssue({ code: 'custom', message: 'expected one to six times such as 09:00, 16:00' })
  return z.NEVER
})

/** A name is long at times, and the greeting stays within one message. */
const greeting = z
  .string()
  .max(longestGreeting, `expected at most ${longestGreeting} characters`)
  .refine((text) => text.split('{name}').length <= mostNames + 1, `expected {name} at most ${mostNames} times`)

const { SCHEDULE_TIMEZONE, STALE_AFTER_HOURS, STANDING_AFTER_HOURS, FORECAST_MOVED_HOURS } = serviceEnv.shape

/** The schema of every setting that is changed at run time, with its default: the only place where a value is checked. */
export const settingSchemas = {
  SCHEDULE_TIMEZONE,
  STALE_AFTER_HOURS,
  STANDING_AFTER_HOURS,
  FORECAST_MOVED_HOURS,
  DISLOCATION_SENDERS: senders.default(['cargolk@gvc.rzd.ru']),
  TERMINAL_SENDERS: senders.default(['aterminal@effex.ru']),
  ROSTER_SENDERS: senders.default([]),
  DISLOCATION_FILES: filePatterns.default(['*']),
  TERMINAL_FILES: filePatterns.default(['*']),
  ROSTER_FILES: filePatterns.default(['*']),
  LONG_IDLE_HOURS: between(1, 100_000).default(72),
  FEED_SILENT_HOURS: between(1, 100_000).default(6),
  IMAP_DOWN_MINUTES: between(1, 100_000).default(15),
  FEED_WORK_HOURS: workHours.prefault('08:00-20:00'),
  MAIL_POLL_MINUTES: between(1, 1_440).default(20),
  TERMINAL_FREE_DAYS: freeDays.default([]),
  REPORT_WAIT_MINUTES: between(1, 1_440).default(30),
  CLAIM_PERIOD_DAYS: between(1, 3_650).default(45),
  ALERTS_PER_HOUR: between(1, 100_000).default(12),
  OFFERED_TIMES: timesOfDay.prefault('09:00, 16:00'),
  UNKNOWN_GROUP_DAYS: between(1, 3_650).default(7),
  LIMIT_QUESTIONS_PER_MINUTE: between(1, 1_000_000).default(60),
  LIMIT_STRANGER_QUESTIONS_PER_MINUTE: between(1, 1_000_000).default(10),
  LIMIT_GROUP_QUESTIONS_PER_MINUTE: between(1, 1_000_000).default(30),
  LIMIT_FILES_PER_HOUR: between(1, 1_000_000).default(30),
  LIMIT_FILE_MB_PER_DAY: between(1, 1_000_000).default(200),
  GREETING_RU: greeting.optional(),
  GREETING_EN: greeting.optional(),
} satisfies Readonly<Record<SettingName, z.ZodType>>
