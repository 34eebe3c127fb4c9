import { type Db, mailboxHealth } from '@atermtrack/data'
import { describe, expect, startTcpRelay, test, waitUntil } from '@atermtrack/testkit'
import { type ImapSettings, MailLoginRefused, openImapMailbox } from './imap-mailbox.ts'
import { createMailboxLook } from './look-into-mailbox.ts'
import { createMailboxHealthKeeper } from './mailbox-health-keeper.ts'
import { logger, name, polling, settingsOf } from './polling.test-helper.ts'
import { createSharedConnection } from './shared-connection.ts'
import { watchMailbox } from './watch-mailbox.ts'

const never = new AbortController().signal

describe('a refused login', () => {
  function lookWith(db: Db, settings: ImapSettings, now = () => new Date()) {
    const health = createMailboxHealthKeeper({ db, name, secrets: [settings.password], logger, now })
    const again: number[] = []
    const lookAgain = async (delayMs: number) => void again.push(delayMs)
    const look = createMailboxLook({ ...polling(db, settings).dependencies, health, lookAgain })
    const run = async (byHand = false) => look({ logger, signal: never }, { byHand })
    return { health, again, run }
  }

  test('is not repeated for an hour, but by order of a person', async ({ db, mailServer }) => {
    await using relay = await startTcpRelay(mailServer.port)
    const settings = { ...settingsOf(mailServer), port: relay.port, password: 'a revoked password' }
    let now = new Date()
    const { run, again } = lookWith(db, settings, () => now)
    await run()
    expect(await mailboxHealth.find(db, name)).toMatchObject({ loginRefused: true, okAt: null })
    await run()
    expect(relay.accepted()).toBe(1)
    await run(true)
    expect(relay.accepted()).toBe(2)
    now = new Date(now.getTime() + 3_600_000)
    await run()
    expect(relay.accepted()).toBe(3)
    expect(again).toEqual([])
  })

  test('is over when somebody else got in', async ({ db, mailServer }) => {
    await using relay = await startTcpRelay(mailServer.port)
    const refused = lookWith(db, { ...settingsOf(mailServer), port: relay.port, password: 'a revoked password' })
    await refused.run()
    await lookWith(db, settingsOf(mailServer)).run()
    expect(await mailboxHealth.find(db, name)).toMatchObject({ loginRefused: false, failingSince: null, error: null })
    await refused.run()
    expect(relay.accepted()).toBe(2)
  })

  test('stops the watch too', async ({ db, mailServer }) => {
    let opened = 0
    let asked = 0
    const open = async (signal: AbortSignal) => {
      opened += 1
      return openImapMailbox({ ...settingsOf(mailServer), password: 'a revoked password' }, { logger, signal })
    }
    const keeper = createMailboxHealthKeeper({ db, name, secrets: [], logger, now: () => new Date() })
    const mayLogIn = async () => {
      asked += 1
      return keeper.mayLogIn()
    }
    const onNews = async () => undefined
    await using _watch = watchMailbox({
      open,
      onNews,
      shared: createSharedConnection(),
      health: { ...keeper, mayLogIn },
      logger,
      firstPauseMs: 5,
    })
    await waitUntil(() => asked >= 5, { what: 'five thoughts of a login' })
    expect(opened).toBe(1)
  })
})

describe('a mailbox that is away', () => {
  test('is recorded without secrets, looked into again soon, and well when it is back', async ({
    db,
    ownMailServer,
  }) => {
    const settings = settingsOf(ownMailServer)
    const health = createMailboxHealthKeeper({ db, name, secrets: [], logger, now: () => new Date() })
    const again: number[] = []
    const look = createMailboxLook({
      ...polling(db, settings).dependencies,
      health,
      lookAgain: async (delayMs) => void again.push(delayMs),
    })
    const run = async () => look({ logger, signal: never }, { byHand: false })
    await ownMailServer.stop()
    for (let n = 0; n < 5; n++) await expect(run()).rejects.toThrow()
    expect(again).toEqual([15_000, 30_000, 60_000, 120_000, 120_000])
    expect(await mailboxHealth.find(db, name)).toMatchObject({
      failingSince: expect.any(Date),
      error: expect.stringContaining('ECONNREFUSED'),
      loginRefused: false,
    })
    await ownMailServer.restart()
    await run()
    expect(await mailboxHealth.find(db, name)).toMatchObject({ failingSince: null, error: null })
  })

  test('does not put a secret of the answer into the record', async ({ db }) => {
    const health = createMailboxHealthKeeper({ db, name, secrets: ['hunter22'], logger, now: () => new Date() })
    const cause = Object.assign(new Error('Command failed'), { responseText: 'bad login me@x.example hunter22' })
    await health.recordFailure(new MailLoginRefused('refused', { cause }))
    expect(await mailboxHealth.find(db, name)).toMatchObject({ error: 'bad login [address] [secret]' })
  })
})
