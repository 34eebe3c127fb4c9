import {
  type Env,
  flag,
  passwordOf,
  port,
  positiveInteger,
  readConfig,
  requireSet,
  serviceConfig,
  type ServiceConfig,
  serviceEnv,
} from '@atermtrack/runtime'
import { settingSchemas } from '@atermtrack/settings'
import type { StrangerQuota } from '@atermtrack/data'
import { defaultEventSettings, type EventSettings } from '@atermtrack/domain'
import { z } from 'zod'
import type { FeedWatchSettings } from './feed-watch/decide-alarms.ts'
import type { StorageSettings } from './feed-watch/watch-storage.ts'
import { readingEnv, type ReadingSettings, readingSettings } from '@atermtrack/workbook-reader/settings'
import type { FilePatterns, TrustedSenders } from './importing/trusted-senders.ts'
import type { ImapSettings } from './mail/imap-mailbox.ts'

/** The library sends the login of a socks5 proxy as it stands in the address, escapes and all: such a login is rejected here. */
const mailProxy = z
  .url({ protocol: /^(?:https?|socks5)$/, error: 'expected an http://, https:// or socks5:// address' })
  .refine(hasPlainLogin, 'the login of a socks5:// proxy must do without characters that an address escapes (%40 …)')

/** The environment variables of the ingester. */
export const ingesterEnv = z.object({
  ...serviceEnv.shape,
  ...readingEnv.shape,
  IMAP_SERVER: z.string().optional(),
  IMAP_PORT: port.default(993),
  IMAP_SECURE: flag.default(true),
  IMAP_USER: z.string().optional(),
  IMAP_PASS: z.string().optional(),
  IMAP_MAILBOX: z.string().default('INBOX'),
  IMAP_AUTHSERV_ID: z.string().optional(),
  MAIL_REQUIRE_PROOF: flag.default(false),
  STRANGER_MAX_FILES: positiveInteger.default(200),
  STRANGER_MAX_MB: positiveInteger.default(200),
  STRANGER_SENDER_MAX_FILES: positiveInteger.default(50),
  STRANGER_SENDER_MAX_MB: positiveInteger.default(60),
  MAIL_PROXY: mailProxy.optional(),
  MAIL_POLL_MINUTES: settingSchemas.MAIL_POLL_MINUTES,
  MAIL_WINDOW_DAYS: positiveInteger.default(14),
  MAIL_MAX_MESSAGE_MB: positiveInteger.default(60),
  MAIL_MAX_ATTACHMENTS: positiveInteger.default(200),
  MAIL_LOOK_LIMIT_MINUTES: positiveInteger.default(10),
  IMAP_DOWN_MINUTES: settingSchemas.IMAP_DOWN_MINUTES,
  FEED_SILENT_HOURS: settingSchemas.FEED_SILENT_HOURS,
  FEED_WORK_HOURS: settingSchemas.FEED_WORK_HOURS,
  LONG_IDLE_HOURS: settingSchemas.LONG_IDLE_HOURS,
  TERMINAL_FREE_DAYS: settingSchemas.TERMINAL_FREE_DAYS,
  DATABASE_LIMIT_GB: positiveInteger.default(20),
  DATA_DISK_PATH: z.string().optional(),
  BACKUP_OVERDUE_HOURS: z.coerce.number('expected a number').int().nonnegative().default(36),
  INBOX_DIR: z.string().optional(),
  DISLOCATION_SENDERS: settingSchemas.DISLOCATION_SENDERS,
  TERMINAL_SENDERS: settingSchemas.TERMINAL_SENDERS,
  ROSTER_SENDERS: settingSchemas.ROSTER_SENDERS,
  DISLOCATION_FILES: settingSchemas.DISLOCATION_FILES,
  TERMINAL_FILES: settingSchemas.TERMINAL_FILES,
  ROSTER_FILES: settingSchemas.ROSTER_FILES,
})

export interface IngesterConfig extends ServiceConfig {
  readonly imap: ImapSettings | undefined
  /** The name by which the mail server signs its Authentication-Results. */
  readonly authservId: string | undefined
  readonly strangerQuota: StrangerQuota
  readonly pollMinutes: number
  readonly windowDays: number
  readonly maxMessageBytes: number
  readonly maxAttachments: number
  /** Limit for one look into the mailbox. */
  readonly lookLimitMs: number
  readonly feeds: FeedWatchSettings
  readonly events: Omit<EventSettings, 'stampsOf'>
  readonly storage: StorageSettings
  /** Age from which a backup is overdue; undefined where backups are not watched. */
  readonly backupOverdueSeconds: number | undefined
  readonly inboxDir: string | undefined
  readonly senders: TrustedSenders
  readonly filePatterns: FilePatterns
  readonly reading: ReadingSettings
}

/** Reads the environment; throws one ConfigError that names every problem. */
export function readIngesterConfig(env: Env): IngesterConfig {
  const values = readConfig(ingesterEnv.superRefine(requireWholeMailbox).superRefine(requireProof), env)
  const shared = serviceConfig(values, 3002)
  return {
    ...shared,
    imap: imapSettings(values),
    authservId: values.IMAP_AUTHSERV_ID,
    strangerQuota: {
      perSender: { files: values.STRANGER_SENDER_MAX_FILES, bytes: values.STRANGER_SENDER_MAX_MB * 1_000_000 },
      overAll: { files: values.STRANGER_MAX_FILES, bytes: values.STRANGER_MAX_MB * 1_000_000 },
    },
    pollMinutes: values.MAIL_POLL_MINUTES,
    windowDays: values.MAIL_WINDOW_DAYS,
    maxMessageBytes: values.MAIL_MAX_MESSAGE_MB * 1_000_000,
    maxAttachments: values.MAIL_MAX_ATTACHMENTS,
    lookLimitMs: values.MAIL_LOOK_LIMIT_MINUTES * 60_000,
    feeds: {
      silentMinutes: values.FEED_SILENT_HOURS * 60,
      workHours: { ...values.FEED_WORK_HOURS, zone: shared.scheduleZone },
      imapDownMinutes: values.IMAP_DOWN_MINUTES,
    },
    events: {
      ...defaultEventSettings,
      longIdleHours: values.LONG_IDLE_HOURS,
      forecastMovedHours: shared.forecastMovedHours,
      freeDays: values.TERMINAL_FREE_DAYS,
    },
    storage: { databaseLimitBytes: values.DATABASE_LIMIT_GB * 1_000_000_000, path: values.DATA_DISK_PATH },
    backupOverdueSeconds: values.BACKUP_OVERDUE_HOURS === 0 ? undefined : values.BACKUP_OVERDUE_HOURS * 3_600,
    inboxDir: values.INBOX_DIR,
    senders: {
      dislocation: values.DISLOCATION_SENDERS,
      terminal_report: values.TERMINAL_SENDERS,
      train_roster: values.ROSTER_SENDERS,
    },
    filePatterns: {
      dislocation: values.DISLOCATION_FILES,
      terminal_report: values.TERMINAL_FILES,
      train_roster: values.ROSTER_FILES,
    },
    reading: readingSettings(values),
    secrets: [...shared.secrets, values.IMAP_PASS, passwordOf(values.MAIL_PROXY)],
  }
}

/** Warnings about settings that work, for an operator. */
export function unprovenMailNote({ imap, authservId }: IngesterConfig): string | undefined {
  if (imap === undefined || authservId !== undefined) return undefined
  return 'IMAP_AUTHSERV_ID is not set: senders of mail are not proved, anybody can forge a report of a listed address'
}

function imapSettings(values: z.infer<typeof ingesterEnv>): ImapSettings | undefined {
  const { IMAP_SERVER: host, IMAP_USER: user, IMAP_PASS: password } = values
  if (host === undefined || user === undefined || password === undefined) return undefined
  const { IMAP_PORT: port, IMAP_SECURE: secure, IMAP_MAILBOX: mailbox, MAIL_PROXY: proxy } = values
  return { host, port, secure, user, password, mailbox, proxy }
}

function hasPlainLogin(url: string): boolean {
  const { protocol, username, password } = new URL(url)
  return protocol !== 'socks5:' || !`${username}${password}`.includes('%')
}

function requireWholeMailbox(values: z.infer<typeof ingesterEnv>, context: z.RefinementCtx): void {
  if (values.IMAP_SERVER !== undefined) {
    requireSet(context, values, ['IMAP_USER', 'IMAP_PASS'], 'is needed beside IMAP_SERVER')
  }
}

function requireProof(values: z.infer<typeof ingesterEnv>, context: z.RefinementCtx): void {
  if (values.MAIL_REQUIRE_PROOF)
    requireSet(context, values, ['IMAP_AUTHSERV_ID'], 'is needed with MAIL_REQUIRE_PROOF=true')
}
