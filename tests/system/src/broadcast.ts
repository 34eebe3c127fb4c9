import { type Db, people } from '@atermtrack/data'
import type { Sandbox } from '@atermtrack/sandbox'

/** The first person of the sandbox, who writes the broadcast. */
export const admin = 1001
/** The text of the broadcast. */
export const news = 'Окно на Транссибе в субботу'

/** All have access; the first of them is the author. */
export async function letIn(db: Db, sandbox: Sandbox): Promise<void> {
  for (const { id, user } of sandbox.persons()) {
    const names = { firstName: user.first_name, lastName: null, username: null }
    await people.ensure(db, { telegramId: id, ...names, language: 'ru' })
    await people.grant(db, id, id === admin ? 'admin' : 'viewer')
  }
}

export function countReceived(sandbox: Sandbox): number {
  return sandbox.persons().reduce((sum, { id }) => sum + countNews(sandbox, id), 0)
}

/** How often a person has got the broadcast; the author's preview does not count. */
export function countNews(sandbox: Sandbox, id: number): number {
  const got = sandbox
    .person(id)
    .messages()
    .filter(({ from, text }) => from.is_bot && text === news).length
  return id === admin ? Math.max(0, got - 1) : got
}
