import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import type { Question } from './create-questions.ts'

/** How long a person waited for the answer in ms; undefined = none came within the limit. */
export type Wait = number | undefined

const limitMs = 30_000

/**
 * Asks and waits for the answer. The time runs from the message at Telegram until the bot's message is there. Throws when
 * the answer is not about what was asked.
 */
export async function ask(person: PersonHandle, { text, containers }: Question): Promise<Wait> {
  const startedAt = performance.now()
  await person.say(text)
  const reply = await person.waitForReply({ timeoutMs: limitMs }).catch(() => undefined)
  if (!reply) return undefined
  const waitedMs = performance.now() - startedAt
  const missing = containers.find((container) => !textOf(reply).includes(container))
  if (missing !== undefined) throw new Error(`asked for ${missing}, the bot answered: ${textOf(reply)}`)
  return waitedMs
}

function textOf({ text }: SeenMessage): string {
  return text ?? ''
}
