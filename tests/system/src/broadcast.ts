import { type Db, people } from '@atermtrack/data'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'

/** The first person of the sandbox, who writes the broadcast. */
export const admin = 1001
/** The text of the broadcast, or the caption of its photo. */
export const news = 'Окно на Транссибе в субботу'
/** The call that sends a broadcast of a photo. */
export const sendingPhoto = 'sendPhoto'

/** Sends the photo of a broadcast, and waits for its preview and the number. */
export async function composePhoto(author: PersonHandle): Promise<void> {
  await author.sendPhoto({ fileName: 'map.png', mimeType: 'image/png', bytes: Buffer.from('a map'), caption: news })
  await author.waitForReply({ where: ({ text }) => text?.includes('Так это увидят') === true, timeoutMs: 60_000 })
}

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
    .filter(({ from, text, caption }) => from.is_bot && (text ?? caption) === news).length
  return id === admin ? Math.max(0, got - 1) : got
}
