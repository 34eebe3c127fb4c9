import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, freePort, test, waitUntil } from '@atermtrack/testkit'
import { anna, openSandbox, startTestBot, token } from '../../../testing/start-test-bot.ts'

const secret = 'a-secret-of-this-test'

describe('the webhook', () => {
  test('is set with its secret, stores the updates of Telegram, and accepts nothing else', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const sandbox = await openSandbox()
    const intake = { mode: 'webhook' as const, url: 'https://bot.example/hook', secret, port: 0 }
    const { bot } = await startTestBot({ db, redisUrl, queuePrefix, sandbox, intake })
    const set = await sandbox.waitForCall(({ method }) => method === 'setWebhook')
    expect(set.payload).toMatchObject({ url: intake.url, secret_token: secret })

    const update = {
      update_id: 77,
      message: {
        message_id: 1,
        date: 1_756_800_000,
        from: { id: anna, is_bot: false, first_name: 'Анна' },
        chat: { id: anna, type: 'private', first_name: 'Анна' },
        text: 'нет номера',
      },
    }
    const address = `http://127.0.0.1:${bot.webhookPort}/`
    const post = async (body: string, headers: Record<string, string>) =>
      (await fetch(address, { method: 'POST', body, headers })).status
    const header = 'x-telegram-bot-api-secret-token'
    expect(await post(JSON.stringify(update), {})).toBe(403)
    expect(await post(JSON.stringify(update), { [header]: `${secret}x` })).toBe(403)
    expect(await post('x'.repeat(1024 * 1024 + 1), { [header]: secret })).toBe(413)
    expect((await fetch(address, { headers: { [header]: secret } })).status).toBe(405)
    expect(await db.selectFrom('telegramUpdate').select('updateId').execute()).toEqual([])
    expect(await post('{"nonsense":', { [header]: secret })).toBe(200)

    const person = sandbox.person(anna)
    expect(await post(JSON.stringify(update), { [header]: secret })).toBe(200)
    expect(await post(JSON.stringify(update), { [header]: secret })).toBe(200)
    expect((await person.waitForReply({ after: 0 })).text).toContain('Не понял вопроса')
    expect(await db.selectFrom('telegramUpdate').select('updateId').execute()).toEqual([{ updateId: 77 }])
  })

  test('whose port is occupied is an error at start', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const intake = { mode: 'webhook' as const, url: 'https://bot.example/hook', secret, port: 0 }
    const { bot } = await startTestBot({ db, redisUrl, queuePrefix, sandbox, intake })
    const port = bot.webhookPort ?? 0
    await expect(
      startTestBot({ db, redisUrl, queuePrefix, sandbox, intake: { ...intake, port } }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('is healthy while updates arrive, and is set again when somebody has removed it', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const sandbox = await openSandbox()
    const port = await freePort()
    const intake = { mode: 'webhook' as const, url: `http://127.0.0.1:${port}/`, secret, port }
    const { bot } = await startTestBot({ db, redisUrl, queuePrefix, sandbox, intake, webhookLookMs: 100 })
    const isHealthy = async () =>
      bot.checkIntake().then(
        () => true,
        () => false,
      )
    await waitUntil(isHealthy, { what: 'the webhook to be set' })
    const person = sandbox.person(anna)
    await person.say('нет номера')
    await person.waitForReply({ after: 0 })

    await fetch(`${sandbox.apiRoot}/bot${token}/deleteWebhook`, { method: 'POST' })
    const asked = await person.say('нет номера')
    await person.waitForReply({ after: asked })
    await waitUntil(isHealthy, { what: 'the webhook to be healthy again' })
  })

  test('that Telegram cannot reach becomes unhealthy', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const intake = { mode: 'webhook' as const, url: 'http://127.0.0.1:1/', secret, port: 0 }
    const { bot } = await startTestBot({ db, redisUrl, queuePrefix, sandbox, intake, webhookLookMs: 100 })
    await waitUntil(
      async () =>
        bot.checkIntake().then(
          () => true,
          () => false,
        ),
      { what: 'the webhook to be set' },
    )
    await sandbox.person(anna).say('нет номера')
    const isRed = async () =>
      bot.checkIntake().then(
        () => false,
        (error: Error) => error.message.includes('undelivered'),
      )
    await waitUntil(isRed, { what: 'red' })
  })

  test('survives garbage', async ({ db, redisUrl, queuePrefix }) => {
    const intake = { mode: 'webhook' as const, url: 'https://bot.example/hook', secret, port: 0 }
    const { bot } = await startTestBot({ db, redisUrl, queuePrefix, intake })
    const port = bot.webhookPort ?? 0
    for (const bytes of ['GET // HTTP/1.1\r\n\r\n', '\0'.repeat(100), 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n']) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined)
      socket.write(bytes)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      expect(answer.toString()).toMatch(/^HTTP\/1.1 40[05] /)
      socket.destroy()
    }
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(405)
  })
})
