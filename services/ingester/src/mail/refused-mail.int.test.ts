import { type Db, refusedMail } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import { aMessage, describe, expect, readLedger, test } from '@atermtrack/testkit'
import type { PollDependencies } from './poll-mailbox.ts'
import { polling, settingsOf } from './polling.test-helper.ts'

const admins = [11, -22]

function mail(subject: string, text = 'x'.repeat(30_000)): Buffer {
  return aMessage({ subject, text, attachments: [{ fileName: `${subject}.xlsx`, content: Buffer.from(subject) }] })
}

const uuencoded = Buffer.from(
  'From: old@b.example\r\nSubject: old\r\nContent-Type: text/plain\r\n\r\nbegin 644 a.xls\r\n#0V%T\r\n`\r\nend\r\n',
)

/** Polls as the service does, and records which messages to the admins were enqueued. */
function reading(db: Db, server: DovecotServer, changes: Partial<PollDependencies> = {}) {
  const { poll, stored, notified } = polling(db, settingsOf(server), { adminChatIds: admins, ...changes })
  return { poll, stored, notified }
}

async function listNotices(db: Db, chatId = 11) {
  return (await readLedger(db, { chatId })).map(({ id, text }) => ({ id, text }))
}

async function refused(db: Db) {
  return (await refusedMail.list(db)).map(({ subject, reason }) => [subject, reason])
}

describe('a refused message', () => {
  test('is reported once to every admin, with its sender, its subject and the reason', async ({ db, mailServer }) => {
    await mailServer.append(mail('Отчёт <103>'))
    await mailServer.append(uuencoded)
    const { poll, notified } = reading(db, mailServer, { maxMessageBytes: 20_000 })
    await poll()
    await poll()
    const messages = await listNotices(db)
    expect(messages.map(({ text }) => text?.replaceAll(/\s/gu, ' '))).toEqual([
      expect.stringMatching(/Письмо не принято.*@.*Отчёт &lt;103&gt; Размер: .* КБ Причина: письмо больше/),
      expect.stringMatching(/old@b\.example old Размер: .*uuencode/),
    ])
    expect(notified.toSorted((a, b) => a - b)).toEqual(
      [...messages, ...(await listNotices(db, -22))].map(({ id }) => id).toSorted((a, b) => a - b),
    )
  })

  test('that cannot be unpacked is reported with the content of its header lines', async ({ db, mailServer }) => {
    const bomb = `Content-Type: multipart/mixed; boundary="0"\r\n\r\n${'--0\r\n\r\n\r\n'.repeat(20_000)}`
    await mailServer.append(Buffer.from(`From: a@b.example\r\nSubject: bomb\r\n${bomb}`))
    await reading(db, mailServer).poll()
    expect((await listNotices(db))[0]?.text).toMatch(/a@b\.example\nbomb\n/)
    expect(await refused(db)).toEqual([['bomb', 'unreadable_message']])
  })

  test('in a flood is gathered with the others after the first two', async ({ db, mailServer }) => {
    for (let n = 0; n < 12; n++) await mailServer.append(mail(`mail ${n}`))
    const { poll, notified } = reading(db, mailServer, { maxMessageBytes: 20_000 })
    await poll()
    const messages = await listNotices(db)
    expect(messages).toHaveLength(3)
    expect(messages[2]?.text).toMatch(/Ещё 10 писем не принято.*\n• 10: письмо больше.*\nПоследние:\n📄 mail 11\n/)
    expect(notified).toHaveLength(3 * admins.length)
  })
})

describe('another try', () => {
  async function ask(db: Db, subject: string): Promise<void> {
    const found = (await refusedMail.list(db)).find((message) => message.subject === subject)
    expect(await refusedMail.requestRetry(db, found?.id ?? 0)).toBe(true)
    expect(await refusedMail.requestRetry(db, found?.id ?? 0)).toBe(false)
  }

  test('takes a message from the server, within the limits of now, and leaves the cursor alone', async ({
    db,
    mailServer,
  }) => {
    await mailServer.append(mail('big'))
    await mailServer.append(mail('small', ''))
    await reading(db, mailServer, { maxMessageBytes: 20_000 }).poll()
    await ask(db, 'big')
    const { poll, stored } = reading(db, mailServer)
    expect(await poll()).toBe(0)
    expect(stored).toHaveLength(1)
    const workbook = await db
      .selectFrom('workbook')
      .select(['fileName', 'subject'])
      .where('id', '=', stored[0]!)
      .execute()
    expect(workbook).toEqual([{ fileName: 'big.xlsx', subject: 'big' }])
    expect(await refused(db)).toEqual([])
    expect((await listNotices(db)).at(-1)?.text).toContain('Письмо принято')
    await poll()
    expect(stored).toHaveLength(1)
  })

  test('that ends as before says so, and can be asked for again', async ({ db, mailServer }) => {
    await mailServer.append(mail('big'))
    const { poll, stored } = reading(db, mailServer, { maxMessageBytes: 20_000 })
    await poll()
    for (let round = 0; round < 2; round++) {
      await ask(db, 'big')
      await poll()
    }
    expect(stored).toEqual([])
    expect((await listNotices(db)).map(({ text }) => text?.includes('снова не принято'))).toEqual([false, true, true])
    expect(await refused(db)).toEqual([['big', 'too_big']])
  })

  test('reads the kept bytes of a message that the server has no more', async ({ db, mailServer }) => {
    await mailServer.append(
      aMessage({
        subject: 'many',
        attachments: [1, 2].map((n) => ({ fileName: `${n}.xlsx`, content: Buffer.from([n]) })),
      }),
    )
    await reading(db, mailServer, { maxAttachments: 1 }).poll()
    await mailServer.resetUidValidity('INBOX')
    await ask(db, 'many')
    const { poll, stored } = reading(db, mailServer)
    await poll()
    expect(stored).toHaveLength(2)
  })

  test('of a message that is gone says that it is', async ({ db, mailServer }) => {
    await mailServer.append(mail('big'))
    await reading(db, mailServer, { maxMessageBytes: 20_000 }).poll()
    await mailServer.resetUidValidity('INBOX')
    await ask(db, 'big')
    await reading(db, mailServer, { maxMessageBytes: 20_000 }).poll()
    const [first] = await db.selectFrom('mailMessage').select(['status', 'reason']).orderBy('id').execute()
    expect(first).toEqual({ status: 'ignored', reason: 'gone' })
    expect((await listNotices(db)).map(({ text }) => text).join('\n')).toContain('письма больше нет в ящике')
  })
})
