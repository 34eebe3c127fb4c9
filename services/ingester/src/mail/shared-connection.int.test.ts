import { aMessage, describe, expect, startTcpRelay, test, waitUntil } from '@atermtrack/testkit'
import { openImapMailbox } from './imap-mailbox.ts'
import { createMailboxHealthKeeper } from './mailbox-health-keeper.ts'
import { logger, name, polling, settingsOf } from './polling.test-helper.ts'
import { pollMailboxOnce } from './poll-mailbox.ts'
import { createSharedConnection } from './shared-connection.ts'
import { watchMailbox } from './watch-mailbox.ts'

const never = new AbortController().signal

function mail(subject: string): Buffer {
  const attachments = [{ fileName: `${subject}.csv`, content: Buffer.from(`a;${subject}`) }]
  return aMessage({ subject, messageId: `<${subject}@rail.example>`, attachments })
}

describe('the connection of the watch', () => {
  test('serves the looks that news ask for, one after the other, and no mail is missed', async ({ db, mailServer }) => {
    await using relay = await startTcpRelay(mailServer.port)
    const settings = { ...settingsOf(mailServer), port: relay.port }
    const shared = createSharedConnection()
    const open = async (signal: AbortSignal) => openImapMailbox(settings, { logger, signal })
    const { dependencies, stored } = polling(db, settings, {
      open: async (signal) => (await shared.borrow(signal)) ?? open(signal),
    })
    let looks = 0
    const onNews = async () => {
      void pollMailboxOnce(dependencies, logger, never).then(() => (looks += 1))
    }
    const health = createMailboxHealthKeeper({ db, name, secrets: [], logger, now: () => new Date() })
    {
      await using _watch = watchMailbox({ open, onNews, shared, health, logger })
      await waitUntil(() => looks === 1, { what: 'the first look' })
      for (const [place, subject] of ['first', 'second', 'third'].entries()) {
        await mailServer.append(mail(subject))
        await waitUntil(() => stored.length === place + 1, { what: `the ${subject} message` })
      }
    }
    expect(relay.accepted()).toBe(1)
  })

  test('is not lent when it is dead', async ({ mailServer }) => {
    const shared = createSharedConnection()
    const box = await openImapMailbox(settingsOf(mailServer), { logger })
    const isBack = shared.offer(box, never)
    await box[Symbol.asyncDispose]()
    expect(await shared.borrow(never)).toBeUndefined()
    await isBack
    expect(await shared.borrow(never)).toBeUndefined()
  })

  test('is closed when the look that has borrowed it is given up', async ({ mailServer }) => {
    const shared = createSharedConnection()
    const box = await openImapMailbox(settingsOf(mailServer), { logger })
    void shared.offer(box, never)
    const look = new AbortController()
    const borrowed = await shared.borrow(look.signal)
    look.abort()
    await expect(borrowed?.listAbove(0)).rejects.toThrow()
    await expect(box.listAbove(0)).rejects.toThrow()
  })
})
