import {
  type Env,
  flag,
  list,
  port,
  positiveInteger,
  readConfig,
  serviceConfig,
  type ServiceConfig,
  serviceEnv,
} from '@atermtrack/runtime'
import type { FreeDays } from '@atermtrack/domain'
import { readingEnv, type ReadingSettings, readingSettings } from '@atermtrack/workbook-reader/settings'
import { settingSchemas } from '@atermtrack/settings'
import { z } from 'zod'
import type { RetentionDays } from './housekeeping.ts'
import { addressOf, type MailerOptions } from './email/mailer.ts'

/** Variables that the reporter reads. */
export const reporterEnv = z.object({
  ...serviceEnv.shape,
  ...readingEnv.shape,
  /** Without it e-mail is off. */
  SMTP_SERVER: z.string().optional(),
  /** 465, or 587 where SMTP_SECURE is false. */
  SMTP_PORT: port.optional(),
  /** TLS from the first byte; true unless another port than 465 is named. */
  SMTP_SECURE: flag.optional(),
  SMTP_USER: z.string().optional(),
  SMTP_PASS: z.string().optional(),
  /** Sender of all mail; SMTP_USER where that is an address. */
  SMTP_FROM: z.string().optional(),
  /** Where replies go; the sender where it is not set. */
  SMTP_REPLY_TO: z.string().optional(),
  /** Whether the ingester reads them; by default, when its mailbox is the one that they go to. */
  SMTP_REPLIES_READ: flag.optional(),
  IMAP_SERVER: z.string().optional(),
  IMAP_USER: z.string().optional(),
  /** Get a copy of every report of a slot. */
  EMAIL_RECIPIENT: list.pipe(z.array(z.email('expected e-mail addresses, comma-separated'))).default([]),
  /** Days from the arrival within which a late delivery can be claimed from the carrier. */
  CLAIM_PERIOD_DAYS: settingSchemas.CLAIM_PERIOD_DAYS,
  /** Days at a terminal without a charge. */
  TERMINAL_FREE_DAYS: settingSchemas.TERMINAL_FREE_DAYS,
  /** Messages about events that a person gets within an hour; more are gathered into one. */
  ALERTS_PER_HOUR: settingSchemas.ALERTS_PER_HOUR,
  /** Workbooks of reports are emptied after so many days. */
  REPORT_KEEP_DAYS: positiveInteger.default(90),
  /** At a slot whose data are old, reports wait so long for newer ones. */
  REPORT_WAIT_MINUTES: settingSchemas.REPORT_WAIT_MINUTES,
  LOOKUP_KEEP_DAYS: positiveInteger.default(365),
  DELIVERY_KEEP_DAYS: positiveInteger.default(180),
  EVENT_KEEP_DAYS: positiveInteger.default(400),
  UPDATE_KEEP_DAYS: positiveInteger.default(14),
  ORIGINALS_KEEP_DAYS: positiveInteger.default(180),
  REFUSED_KEEP_DAYS: positiveInteger.default(30),
})

export interface ReporterConfig extends ServiceConfig {
  /** Undefined: e-mail is off. */
  readonly smtp: MailerOptions | undefined
  readonly emailCopies: readonly string[]
  /** Replies to our mail are read, so that one of them can stop it. */
  readonly repliesAreRead: boolean
  /** Messages about events to one person within an hour. */
  readonly alertsPerHour: number
  readonly keepDays: RetentionDays
  /** The period for claims about a late delivery, from the arrival. */
  readonly claimDays: number
  /** Storage at terminals without a charge. */
  readonly freeDays: readonly FreeDays[]
  /** How long a report waits for newer data where those of its slot are old. */
  readonly reportWaitMinutes: number
  /** The limits for reading workbooks that people send. */
  readonly reading: ReadingSettings
}

/** Reads the environment; throws one ConfigError that names every problem. */
export function readReporterConfig(env: Env): ReporterConfig {
  const values = readConfig(reporterEnv.superRefine(requireSender), env)
  const shared = serviceConfig(values, 3003)
  return {
    ...shared,
    smtp: smtpOptions(values),
    emailCopies: values.EMAIL_RECIPIENT,
    repliesAreRead: areRepliesRead(values),
    claimDays: values.CLAIM_PERIOD_DAYS,
    freeDays: values.TERMINAL_FREE_DAYS,
    alertsPerHour: values.ALERTS_PER_HOUR,
    reportWaitMinutes: values.REPORT_WAIT_MINUTES,
    keepDays: {
      updates: values.UPDATE_KEEP_DAYS,
      originals: values.ORIGINALS_KEEP_DAYS,
      refusedOriginals: values.REFUSED_KEEP_DAYS,
      reportContent: values.REPORT_KEEP_DAYS,
      lookups: values.LOOKUP_KEEP_DAYS,
      deliveries: values.DELIVERY_KEEP_DAYS,
      events: values.EVENT_KEEP_DAYS,
    },
    reading: readingSettings(values),
    secrets: [...shared.secrets, values.SMTP_PASS],
  }
}

function smtpOptions(env: z.infer<typeof reporterEnv>): MailerOptions | undefined {
  if (env.SMTP_SERVER === undefined) return undefined
  const secure = env.SMTP_SECURE ?? (env.SMTP_PORT ?? 465) === 465
  return {
    host: env.SMTP_SERVER,
    port: env.SMTP_PORT ?? (secure ? 465 : 587),
    secure,
    user: env.SMTP_USER,
    password: env.SMTP_PASS,
    from: env.SMTP_FROM ?? env.SMTP_USER ?? '',
    replyTo: env.SMTP_REPLY_TO,
  }
}

function areRepliesRead({ SMTP_REPLIES_READ: said, IMAP_SERVER, ...env }: z.infer<typeof reporterEnv>): boolean {
  if (said !== undefined) return said
  const to = env.SMTP_REPLY_TO ?? env.SMTP_FROM ?? env.SMTP_USER
  if (IMAP_SERVER === undefined || env.IMAP_USER === undefined || to === undefined) return false
  return addressOf(to).toLowerCase() === env.IMAP_USER.trim().toLowerCase()
}

function requireSender(values: z.infer<typeof reporterEnv>, context: z.RefinementCtx): void {
  if (values.SMTP_REPLY_TO !== undefined && !isSender(values.SMTP_REPLY_TO))
    context.addIssue({ code: 'custom', path: ['SMTP_REPLY_TO'], message: 'expected an e-mail address' })
  if (values.SMTP_SERVER === undefined || isSender(values.SMTP_FROM ?? values.SMTP_USER)) return
  context.addIssue({ code: 'custom', path: ['SMTP_FROM'], message: 'expected the e-mail address that sends all mail' })
}

function isSender(from: string | undefined): boolean {
  return from !== undefined && /^(?:[^<>\p{Cc}]*<)?[^\s<>@]+@[^\s<>@]+>?$/u.test(from)
}
