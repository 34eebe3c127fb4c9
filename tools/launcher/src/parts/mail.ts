import type { LauncherTexts } from '@atermtrack/messages'
import type { Env } from '@atermtrack/runtime'
import { writeSimulatedInbox } from '@atermtrack/testkit'
import type { Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

/** The mailbox or folder of the environment, or `dir` filled with a simulated fortnight of railway reports. */
export async function openMailPart(
  plan: Plan['mail'],
  { env, dir, words }: { readonly env: Env; readonly dir: string; readonly words: LauncherTexts },
): Promise<Part> {
  const configured = { part: words.parts.mail, from: words.from.environment }
  if (plan === 'imap') return configuredPart({ ...configured, where: env['IMAP_SERVER'] ?? '' })
  if (plan === 'folder') return configuredPart({ ...configured, where: env['INBOX_DIR'] ?? '' })
  await writeSimulatedInbox({ dir, now: new Date() })
  return configuredPart(
    { part: words.parts.mail, from: words.from.simulated, where: words.folder(dir) },
    { INBOX_DIR: dir },
  )
}

/** SMTP has no stand-in: without a server e-mail is off, and the bot says so. */
export function smtpPart(
  plan: Plan['smtp'],
  { env, words }: { readonly env: Env; readonly words: LauncherTexts },
): Part {
  const { smtp: part } = words.parts
  if (plan === 'off') return configuredPart({ part, from: words.from.off, where: words.noSmtp })
  return configuredPart({ part, from: words.from.environment, where: env['SMTP_SERVER'] ?? '' })
}
