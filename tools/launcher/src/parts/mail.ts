import type { Env } from '@atermtrack/runtime'
import { writeSimulatedInbox } from '@atermtrack/testkit'
import type { Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

/** The mailbox or folder of the environment, or `dir` filled with a simulated fortnight of railway reports. */
export async function openMailPart(
  plan: Plan['mail'],
  { env, dir }: { readonly env: Env; readonly dir: string },
): Promise<Part> {
  if (plan === 'imap') return configuredPart({ part: 'Mail', from: 'environment', where: env['IMAP_SERVER'] ?? '' })
  if (plan === 'folder') return configuredPart({ part: 'Mail', from: 'environment', where: env['INBOX_DIR'] ?? '' })
  await writeSimulatedInbox({ dir, now: new Date() })
  return configuredPart({ part: 'Mail', from: 'simulated', where: `folder ${dir}` }, { INBOX_DIR: dir })
}

/** SMTP has no stand-in: without a server e-mail is off, and the bot says so. */
export function smtpPart(plan: Plan['smtp'], env: Env): Part {
  if (plan === 'off')
    return configuredPart({ part: 'SMTP', from: 'off', where: 'set SMTP_SERVER for reports by e-mail' })
  return configuredPart({ part: 'SMTP', from: 'environment', where: env['SMTP_SERVER'] ?? '' })
}
