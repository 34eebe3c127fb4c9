import { type Db, refusedMail } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import { aMessage, describe, expect, readLedger, startTcpRelay, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { letDeferredBeDue, polling, settingsOf } from '../polling.test-helper.ts'

const admin = 11
/** Where the relay fails. */
const trap = 'HERE-THE-PROXY-CUTS'

function mail(subject: string): Buffer {
  return aMessage({ subject, attachments: [{ fileName: `${subject}.xlsx`, content: Buffer.from(subject) }] })
}

/** Nothing reads the text after the last part of a message, so it stays as it is. */
function trapped(subject: string): Buffer {
  return Buffer.concat([mail(subject), Buffer.from(`\r\n${'x\r\n'.repeat(20_000)}${trap}\r\n`)])
}

async function behindRelay(db: Db, mailServer: DovecotServer, limitMs = 60_000) {
  const relay = await startTcpRelay(mailServer.port)
  relay.failAt(trap)
  const settings = { ...settingsOf(mailServer), port: relay.port }
  return { relay, ...polling(db, settings, { adminChatIds: [admin], limitMs }) }
}

async function files(db: Db) {
  const rows = await db.selectFrom('workbook').select('fileName').orderBy('id').execute()
  return rows.map(({ fileName }) => fileName)
}

async function listNotices(db: Db) {
  return (await readLedger(db, { chatId: admin })).map(({ text }) => text)
}

async function deferred(db: Db) {
  const rows = await refusedMail.list(db)
  return rows.map(({ subject, reason, tries, nextTryAt }) => ({ subject, reason, tries, isDue: nextTryAt !== null }))
}

describe('a message whose download breaks off at the same byte each time', () => {
  test('lets the others by, is reported once, and is stored when it does not break off any more', async ({
    db,
    mailServer,
  }) => {
    await mailServer.append(mail('before'))
    await mailServer.append(trapped('cut'))
    await mailServer.append(mail('after'))
    const { relay, poll } = await behindRelay(db, mailServer)
    await using _ = relay
    expect(await poll()).toBe(3)
    expect(await files(db)).toEqual(['before.xlsx', 'after.xlsx'])
    expect(await deferred(db)).toEqual([{ subject: 'cut', reason: 'download_cut', tries: 1, isDue: true }])

    await mailServer.append(mail('later'))
    for (let attempt = 2; attempt <= 5; attempt++) {
      await letDeferredBeDue(db)
      await poll()
    }
    expect(await files(db)).toEqual(['before.xlsx', 'after.xlsx', 'later.xlsx'])
    expect(await deferred(db)).toMatchObject([{ tries: 5, isDue: true }])
    expect(await listNotices(db)).toEqual([expect.stringMatching(/пока не скачивается.*\n.*\ncut\n.*обрывается/s)])

    relay.failAt(undefined)
    await letDeferredBeDue(db)
    await poll()
    expect((await files(db)).at(-1)).toBe('cut.xlsx')
    expect((await listNotices(db)).at(-1)).toContain('Письмо принято')
    expect(await deferred(db)).toEqual([])
    await poll()
    expect(await files(db)).toHaveLength(4)
  })

  test('is reported to the person who asks for another try', async ({ db, mailServer }) => {
    await mailServer.append(trapped('cut'))
    const { relay, poll } = await behindRelay(db, mailServer)
    await using _ = relay
    await poll()
    const [cut] = await refusedMail.list(db)
    for (let attempt = 1; attempt <= 2; attempt++) {
      expect(await refusedMail.requestRetry(db, cut?.id ?? 0)).toBe(true)
      await poll()
      expect(await listNotices(db)).toHaveLength(attempt)
    }
    expect((await listNotices(db))[0]).toMatch(/снова не принято.*обрывается/s)
    expect(await deferred(db)).toMatchObject([{ tries: 3, isDue: true }])
  })

  test('is not tried before its time, and later each time', async ({ db, mailServer }) => {
    await mailServer.append(trapped('cut'))
    const { relay, poll } = await behindRelay(db, mailServer)
    await using _ = relay
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 9; attempt++) {
      await poll()
      const { rows } = await sql<{ seconds: number }>`
        select round(extract(epoch from next_try_at - now()) / 30)::int * 30 as seconds from mail_message`.execute(db)
      pauses.push(rows[0]?.seconds ?? 0)
      await poll()
      expect(await deferred(db)).toMatchObject([{ tries: attempt }])
      await letDeferredBeDue(db)
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600])
  })

  test('may be one of many: a few looks are enough to get behind them', async ({ db, mailServer }) => {
    for (let n = 0; n < 10; n++) await mailServer.append(trapped(`cut ${n}`))
    await mailServer.append(mail('after'))
    const { relay, poll } = await behindRelay(db, mailServer)
    await using _ = relay
    for (let look = 1; look <= 2; look++) await expect(poll()).rejects.toThrow('breaks off all the time')
    await poll()
    expect(await files(db)).toEqual(['after.xlsx'])
    expect(await deferred(db)).toHaveLength(10)
    // More of them than one look may try: the mailbox is well all the same.
    await letDeferredBeDue(db)
    await poll()
    await poll()
    expect((await deferred(db)).map(({ tries }) => tries)).toEqual(Array.from({ length: 10 }, () => 2))
  })

  test('may break off in its header lines: three looks end there, the next one gets by', async ({ db, mailServer }) => {
    await mailServer.append(mail(trap))
    await mailServer.append(mail('after'))
    const { relay, poll } = await behindRelay(db, mailServer)
    await using _ = relay
    for (let look = 1; look <= 3; look++) await expect(poll()).rejects.toThrow()
    await poll()
    expect(await files(db)).toEqual(['after.xlsx'])
    expect(await deferred(db)).toMatchObject([{ subject: null, reason: 'download_cut' }])
  })

  test('may keep whole looks waiting: three of them, the next one gets by', async ({ db, mailServer }) => {
    await mailServer.append(trapped('silent'))
    await mailServer.append(mail('after'))
    const { relay, poll, dependencies } = await behindRelay(db, mailServer, 3_000)
    await using _ = relay
    relay.failAt(trap, 'falls silent')
    for (let look = 1; look <= 3; look++) await expect(poll()).rejects.toThrow()
    await polling(db, settingsOf(mailServer), { ...dependencies, limitMs: 60_000 }).poll()
    expect(await files(db)).toEqual(['after.xlsx'])
    expect(await deferred(db)).toMatchObject([{ reason: 'download_cut' }])
  })

  test('is not forgotten when the server gives out new UIDs', async ({ db, mailServer }) => {
    await mailServer.append(trapped('cut'))
    const { relay, poll } = await behindRelay(db, mailServer)
    await using _ = relay
    await poll()
    await mailServer.resetUidValidity('INBOX')
    relay.failAt(undefined)
    await letDeferredBeDue(db)
    await poll()
    expect(await files(db)).toEqual(['cut.xlsx'])
  })
})

/** The database refuses every workbook of a message with this subject. */
async function refuse(db: Db, subject: string, sqlState: string): Promise<void> {
  await sql
    .raw(
      `create function refuse_workbook() returns trigger language plpgsql as
        $$ begin raise exception 'refused' using errcode = '${sqlState}'; end $$;
      create trigger refuse_workbook before insert on workbook for each row
        when (new.subject = '${subject}') execute function refuse_workbook()`,
    )
    .execute(db)
}

async function relent(db: Db): Promise<void> {
  await sql`drop function refuse_workbook cascade`.execute(db)
}

describe('a message that the database does not accept', () => {
  test('lets the others by, and is refused after three tries, reported once, with its bytes kept', async ({
    db,
    mailServer,
  }) => {
    await refuse(db, 'bad', '22000')
    await mailServer.append(mail('bad'))
    await mailServer.append(mail('good'))
    const { poll } = polling(db, settingsOf(mailServer), { adminChatIds: [admin] })
    expect(await poll()).toBe(2)
    expect(await files(db)).toEqual(['good.xlsx'])
    expect(await deferred(db)).toEqual([{ subject: 'bad', reason: 'taking_failed', tries: 1, isDue: true }])
    for (let attempt = 2; attempt <= 4; attempt++) {
      await letDeferredBeDue(db)
      await poll()
    }
    expect(await deferred(db)).toEqual([{ subject: 'bad', reason: 'taking_failed', tries: 2, isDue: false }])
    expect(await listNotices(db)).toEqual([expect.stringMatching(/Письмо не принято.*bad.*ошибки на нашей стороне/s)])

    await relent(db)
    await mailServer.resetUidValidity('INBOX')
    const [refused] = await refusedMail.list(db)
    await refusedMail.requestRetry(db, refused?.id ?? 0)
    await poll()
    expect(await files(db)).toEqual(['good.xlsx', 'bad.xlsx'])
  })

  test('because it accepts nothing at all is not at fault, however often', async ({ db, mailServer }) => {
    await refuse(db, 'innocent', '53100')
    await mailServer.append(mail('innocent'))
    const { poll } = polling(db, settingsOf(mailServer))
    for (let look = 1; look <= 5; look++) await expect(poll()).rejects.toThrow('refused')
    expect(await refusedMail.list(db)).toEqual([])
    await relent(db)
    await poll()
    expect(await files(db)).toEqual(['innocent.xlsx'])
  })
})

describe('the text of a message from a stranger', () => {
  function raw(lines: readonly string[]): Buffer {
    return Buffer.from(
      [
        ...lines,
        'Content-Type: text/csv; name="a.csv"',
        'Content-Disposition: attachment',
        '',
        `container;${lines.join(';').slice(0, 500)}`,
      ].join('\r\n'),
    )
  }

  test.for([
    ['-271821-04-20T00:00:00.000Z', '1990-01-01T00:00:00.000Z'],
    ['+275760-09-13T00:00:00.000Z', 'its receipt'],
    ['Thu, 01 Jan 2099 00:00:00 +0000', 'its receipt'],
    ['Thu, 01 Jan 1970 00:00:00 +0000', '1990-01-01T00:00:00.000Z'],
    ['Mon, 32 Foo 20255 99:99:99 +9999', 'its receipt'],
    ['\u0000', 'its receipt'],
  ] as const)('as its date, %s, is stored as %s and stops nobody', async ([date, stored], { db, mailServer }) => {
    await mailServer.append(raw(['From: x@stranger.example', `Date: ${date}`, 'Subject: odd']))
    await mailServer.append(mail('good'))
    const { poll } = polling(db, settingsOf(mailServer))
    expect(await poll()).toBe(2)
    const columns = ['sentAt', 'receivedAt'] as const
    const rows = [
      await db.selectFrom('mailMessage').select(columns).orderBy('uid').executeTakeFirstOrThrow(),
      await db.selectFrom('workbook').select(columns).orderBy('id').executeTakeFirstOrThrow(),
    ]
    for (const { sentAt, receivedAt } of rows) {
      expect(sentAt).toEqual(stored === 'its receipt' ? receivedAt : new Date(stored))
      expect(Date.now() - receivedAt.getTime()).toBeLessThan(60_000)
    }
    expect(await files(db)).toEqual(['a.csv', 'good.xlsx'])
  })

  test('can be stored, whatever it is', async ({ db, mailServer }) => {
    const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
    const halfPair = `=?utf-8?B?${Buffer.from([0xed, 0xa0, 0xbd]).toString('base64')}?=`
    const hostile = `a\u0000b\u0007${'ж'.repeat(5_000)}`
    await mailServer.append(
      Buffer.from(
        [
          `From: "${encoded(hostile)}" <${'x'.repeat(9_000)}@stranger.example>`,
          `Subject: ${halfPair} ${encoded(hostile)}`,
          'Content-Type: application/octet-stream',
          `Content-Disposition: attachment; filename="${encoded(`${'😀'.repeat(300)}\u0000.xlsx`)}"`,
          '',
          'x',
        ].join('\r\n'),
      ),
    )
    await mailServer.append(mail('good'))
    const { poll } = polling(db, settingsOf(mailServer))
    expect(await poll()).toBe(2)
    expect(await files(db)).toHaveLength(2)
  })
})

test.for([
  ['before 1990', new Date('1970-01-01T00:00:00Z')],
  ['still to come', new Date('2199-01-01T00:00:00Z')],
] as const)(
  'a message whose server reports a receipt %s counts as received now',
  async ([, internalDate], { db, mailServer }) => {
    const { poll } = polling(db, settingsOf(mailServer))
    await poll()
    await mailServer.append(mail('odd'), { internalDate })
    await poll()
    const { receivedAt } = await db.selectFrom('workbook').select('receivedAt').executeTakeFirstOrThrow()
    expect(Math.abs(Date.now() - receivedAt.getTime())).toBeLessThan(60_000)
  },
)
