import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import type { Question } from './create-questions.ts'

/** How long a person waited for the answer in ms; undefined = none came within the limit. */
export type Wait = number | undefined

const limitMs = 30_000

/**
 * Asks and waits for the answer, which is the message that names all containers of the question: the person may still wait
 * for an earlier answer. The time runs from the message at Telegram until the bot's message is there.
 */
export async function ask(person: PersonHandle, { text, containers }: Question): Promise<Wait> {
  const startedAt = performance.now()
  await person.say(text)
  const where = (reply: SeenMessage) => containers.every((container) => reply.text?.includes(container))
  const reply = await person.waitForReply({ timeoutMs: limitMs, where }).catch(() => undefined)
  return reply && performance.now() - startedAt
}
