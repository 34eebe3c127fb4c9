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
import { z } from 'zod'
import type { TrustedSenders } from './importing/trusted-senders.ts'
import type { ImapSettings } from './mail/imap-mailbox.ts'

/** What the ingester reads from the environment. */
const ingesterEnv = z.object({
  ...serviceEnv.shape,
  IMAP_SERVER: z.string().optional(),
  IMAP_PORT: port.default(993),
  IMAP_SECURE: flag.default(true),
  IMAP_USER: z.string().optional(),
  IMAP_PASS: z.string().optional(),
  IMAP_MAILBOX: z.string().default('INBOX'),
  MAIL_POLL_MINUTES: positiveInteger.default(20),
  MAIL_WINDOW_DAYS: positiveInteger.default(14),
  INBOX_DIR: z.string().optional(),
  DISLOCATION_SENDERS: list.default(['cargolk@gvc.rzd.ru']),
  TERMINAL_SENDERS: list.default(['aterminal@effex.ru']),
  ROSTER_SENDERS: list.default([]),
})

export interface IngesterConfig extends ServiceConfig {
  readonly imap: ImapSettings | undefined
  readonly pollMinutes: number
  readonly windowDays: number
  readonly inboxDir: string | undefined
  readonly senders: TrustedSenders
}

/** Reads the environment; throws one ConfigError that names every problem. */
export function readIngesterConfig(env: Env): IngesterConfig {
  const values = readConfig(ingesterEnv.superRefine(requireWholeMailbox), env)
  const shared = serviceConfig(values, 3002)
  return {
    ...shared,
    imap: imapSettings(values),
    pollMinutes: values.MAIL_POLL_MINUTES,
    windowDays: values.MAIL_WINDOW_DAYS,
    inboxDir: values.INBOX_DIR,
    senders: {
      dislocation: values.DISLOCATION_SENDERS,
      terminal_report: values.TERMINAL_SENDERS,
      train_roster: values.ROSTER_SENDERS,
    },
    secrets: [...shared.secrets, values.IMAP_PASS],
  }
}

function imapSettings(values: z.infer<typeof ingesterEnv>): ImapSettings | undefined {
  const { IMAP_SERVER: host, IMAP_USER: user, IMAP_PASS: password } = values
  if (host === undefined || user === undefined || password === undefined) return undefined
  return { host, port: values.IMAP_PORT, secure: values.IMAP_SECURE, user, password, mailbox: values.IMAP_MAILBOX }
}

function requireWholeMailbox(values: z.infer<typeof ingesterEnv>, context: z.RefinementCtx): void {
  if (values.IMAP_SERVER === undefined) return
  for (const name of ['IMAP_USER', 'IMAP_PASS'] as const) {
    if (values[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: 'is needed beside IMAP_SERVER' })
  }
}
