import { type Db, deliveries, emailAddresses, pictures, reportBatches, reports } from '@atermtrack/data'
import { JobDelayed, sendTelegram } from '@atermtrack/queue'
import { expect, openPolicy, recordQueues, startSmtpServer, test, type TestSmtpServer } from '@atermtrack/testkit'
import { aJobContext, aMomentAgo, aPerson, aProvedAddress, aSubscription } from '../../test/seed.ts'
import { openMailer } from './mailer.ts'
import { createSendEmail } from './send-email.ts'

async function send(db: Db, { host, port }: TestSmtpServer, deliveryId: number, { repliesAreRead = true } = {}) {
  const { queues, take } = recordQueues()
  const from = 'robot@aterm.test'
  await using mailer = openMailer({ host, port, secure: false, user: undefined, password: undefined, from })
  const zone = { scheduleZone: 'Asia/Vladivostok', now: () => new Date() }
  const handle = createSendEmail({ db, queues, mailer, holder: 'me', repliesAreRead, policy: openPolicy, ...zone })
  await handle({ deliveryId }, aJobContext())
  return { notified: take(sendTelegram).map((job) => job.deliveryId) }
}

/** A built report that waits to be mailed. */
async function aMailedReport(db: Db, address: string) {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const { id: emailAddressId } = await aProvedAddress(db, personId, address)
  const { plannedAt, slot, localDate } = aMomentAgo({ minutes: 1 })
  const { id: subscriptionId } = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt })
  const row = { subscriptionId, personId, chatId, name: 'Новосибирск', containers: [], late: false }
  const [report] = await reports.insertSlots(db, [{ ...row, localDate, slot, plannedAt }])
  const file = {
    fileName: 'Дислокация.xlsx',
    content: Buffer.from('PK'),
    rowCount: 0,
    missing: [],
    asOf: undefined,
    builtFor: 'all',
  }
  await reportBatches.finish(db, [{ ...file, id: report!.id }])
  const queued = await deliveries.insertForReport(db, {
    reportId: report!.id,
    kind: 'report',
    personId,
    chatId,
    text: 'caption',
    emailAddressIds: [emailAddressId],
    subject: 'Дислокация',
    emailText: 'Таблица во вложении.',
  })
  return { id: queued.find(({ channel }) => channel === 'email')!.id, personId, emailAddressId }
}

/** The HTML of a mail, whose parts are base64. */
function htmlOf(raw: string): string {
  const [, part = ''] = /content-type: text\/html[^]*?\r\n\r\n([^]*?)\r\n--/i.exec(raw) ?? []
  return Buffer.from(part, 'base64').toString()
}

async function getDelivery(db: Db, id: number) {
  return db
    .selectFrom('delivery')
    .select(['status', 'attempts', 'errorCode', 'text', 'finishedAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

async function getBouncedAt(db: Db, id: number) {
  const row = await db.selectFrom('emailAddress').select('bouncedAt').where('id', '=', id).executeTakeFirstOrThrow()
  return row.bouncedAt
}

test('every person gets a message of their own, once', async ({ db }) => {
  await using server = await startSmtpServer()
  const anna = await aMailedReport(db, 'anna@example.test')
  const boris = await aMailedReport(db, 'boris@example.test')
  for (const { id } of [anna, boris, anna]) await send(db, server, id)
  expect(server.messages.map(({ to }) => to)).toEqual([['anna@example.test'], ['boris@example.test']])
  expect(String(server.messages[0]!.raw)).not.toContain('boris')
  const { messageId } = await db
    .selectFrom('delivery')
    .select('messageId')
    .where('id', '=', anna.id)
    .executeTakeFirstOrThrow()
  expect(messageId).toMatch(new RegExp(`^delivery-${anna.id}\\.[0-9a-f-]{36}@aterm\\.test$`))
  expect(String(server.messages[0]!.raw)).toContain(`Message-ID: <${messageId}>`)
  expect(await getDelivery(db, anna.id)).toMatchObject({ status: 'sent', attempts: 1 })
})

test('a picture stands inside the mail as long as it is kept, and its words in its place', async ({ db }) => {
  await using server = await startSmtpServer()
  const emailHtml =
    '<p style="x"><img src="cid:map" width="400" alt="Селятино: в пути 3"></p><p>Таблица во вложении.</p>'
  for (const address of ['anna@example.test', 'boris@example.test']) {
    const { id } = await aMailedReport(db, address)
    await db.updateTable('delivery').set({ emailHtml }).where('id', '=', id).execute()
    const { reportId } = await db
      .selectFrom('delivery')
      .select('reportId')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const picture = Buffer.from('a picture')
    await pictures.storeForMail(db, [{ id: reportId!, picture }])
    // Built again for another scope, with another picture and then with none.
    if (address.startsWith('boris')) await pictures.storeForMail(db, [{ id: reportId!, picture: undefined }])
    await send(db, server, id)
  }
  const [withPicture = '', without = ''] = server.messages.map(({ raw }) => String(raw))
  expect(withPicture).toMatch(/content-id: <map>/i)
  expect(withPicture).toContain(Buffer.from('a picture').toString('base64'))
  expect(htmlOf(withPicture)).toContain('<img src="cid:map" width="400" alt="Селятино: в пути 3">')
  expect(without).not.toMatch(/content-id|image\/png/i)
  expect(htmlOf(without)).toMatch(/^<p>Таблица во вложении/)
})

test('a mail offers a reply only where replies are read, and only to who can stop it', async ({ db }) => {
  await using server = await startSmtpServer()
  const { id: read } = await aMailedReport(db, 'anna@example.test')
  const { id: unread } = await aMailedReport(db, 'boris@example.test')
  const copy = { kind: 'alert', address: 'copy@example.test', subject: 'Копия', text: 'Таблица во вложении.' } as const
  const { id: fixed } = await deliveries.insertEmail(db, { ...copy, audience: 'anybody' })
  await send(db, server, read)
  await send(db, server, unread, { repliesAreRead: false })
  await send(db, server, fixed)
  const seen = server.messages.map(({ raw }) => {
    const text = textOf(String(raw))
    return {
      header: String(raw).includes('List-Unsubscribe'),
      offers: text.includes('одним словом «стоп»'),
      inBot: text.includes('/email'),
    }
  })
  expect(seen).toEqual([
    { header: true, offers: true, inBot: true },
    { header: false, offers: false, inBot: true },
    { header: false, offers: false, inBot: false },
  ])
})

/** The text of a message, whichever way it is encoded. */
function textOf(raw: string): string {
  const decoded = raw
    .replaceAll(/=\r\n/gu, '')
    .replaceAll(/(?:=[0-9A-F]{2})+/gu, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())
  const base64 = Array.from(
    raw.matchAll(/^(?:[A-Za-z0-9+/]{40,}={0,2}\r\n?)+(?:[A-Za-z0-9+/]+={0,2})?/gmu),
    ([block]) => Buffer.from(block, 'base64').toString(),
  )
  return [decoded, ...base64].join('\n')
}

test('an address on a grey list gets its message at a later attempt', async ({ db }) => {
  await using server = await startSmtpServer()
  server.refuse('anna@example.test', { code: 451, text: '4.7.1 greylisted' })
  const { id, emailAddressId } = await aMailedReport(db, 'anna@example.test')
  await expect(send(db, server, id)).rejects.toThrow(JobDelayed)
  expect(await getDelivery(db, id)).toMatchObject({ status: 'retry', errorCode: 451, attempts: 1 })
  await expect(send(db, server, id)).rejects.toThrow(JobDelayed)
  expect(await getDelivery(db, id)).toMatchObject({ status: 'retry', attempts: 1 })
  server.accept('anna@example.test')
  await db
    .updateTable('delivery')
    .set({ notBefore: new Date(0) })
    .where('id', '=', id)
    .execute()
  await send(db, server, id)
  expect(await getDelivery(db, id)).toMatchObject({ status: 'sent', errorCode: null, attempts: 2 })
  expect(server.messages).toHaveLength(1)
  expect(await getBouncedAt(db, emailAddressId)).toBeNull()
})

test('a message that no attempt could deliver is given up', async ({ db }) => {
  await using server = await startSmtpServer()
  server.refuse('anna@example.test', { code: 451, text: '4.2.2 mailbox full' })
  const { id } = await aMailedReport(db, 'anna@example.test')
  await db.updateTable('delivery').set({ attempts: 11 }).where('id', '=', id).execute()
  await send(db, server, id)
  expect(await getDelivery(db, id)).toMatchObject({ status: 'failed', errorCode: 451, attempts: 12 })
})

test('an address that is refused for good gets nothing more', async ({ db }) => {
  await using server = await startSmtpServer()
  server.refuse('anna@example.test', { code: 550, text: '5.1.1 no such user' })
  const { id, personId, emailAddressId } = await aMailedReport(db, 'anna@example.test')
  const { notified } = await send(db, server, id)
  expect(await getDelivery(db, id)).toMatchObject({ status: 'failed', errorCode: 550 })
  expect(await getBouncedAt(db, emailAddressId)).not.toBeNull()
  const [ledger] = await db
    .selectFrom('delivery')
    .select(['id', 'notice'])
    .where('channel', '=', 'telegram')
    .where('notice', 'is not', null)
    .execute()
  expect(ledger).toMatchObject({
    id: notified[0],
    notice: { kind: 'email_paused', params: { id: emailAddressId, address: 'anna@example.test', because: 'bounced' } },
  })
  const ask = { personId, chatId: 1, containers: [], updateId: 7 }
  const next = await reports.insertLookup(db, ask)
  expect((await reports.beginBuilding(db, next.id))?.emailAddressIds).toEqual([])
})

test.for([
  ['of our right to send', { code: 554, text: '5.7.1 relay access denied' }],
  ['of a full mailbox, for now', { code: 452, text: '4.2.2 mailbox full' }],
] as const)('a refusal %s pauses no address', async ([, answer], { db }) => {
  await using server = await startSmtpServer()
  server.refuse('anna@example.test', answer)
  const { id, emailAddressId } = await aMailedReport(db, 'anna@example.test')
  await send(db, server, id).catch(() => undefined)
  expect(await getBouncedAt(db, emailAddressId)).toBeNull()
})

test('a report does not leave for an address that its person has paused since', async ({ db }) => {
  await using server = await startSmtpServer()
  const { id, personId, emailAddressId } = await aMailedReport(db, 'anna@example.test')
  await emailAddresses.setUnsubscribed(db, { id: emailAddressId, personId }, true)
  await send(db, server, id)
  expect(server.messages).toEqual([])
  expect(await getDelivery(db, id)).toMatchObject({ status: 'failed' })
})

test('a report does not leave for an address that its person has changed and not yet proved', async ({ db }) => {
  await using server = await startSmtpServer()
  const { id } = await aMailedReport(db, 'anna@example.test')
  await db.updateTable('emailAddress').set({ address: 'eve@example.test', verifiedAt: null }).execute()
  await send(db, server, id)
  expect(server.messages).toEqual([])
  expect(await getDelivery(db, id)).toMatchObject({ status: 'failed' })
})

test('a code is erased once it is sent', async ({ db }) => {
  await using server = await startSmtpServer()
  const { id: personId } = await aPerson(db)
  const address = { personId, address: 'anna@example.test' }
  const { id: emailAddressId } = await db
    .insertInto('emailAddress')
    .values(address)
    .returning('id')
    .executeTakeFirstOrThrow()
  const code = { kind: 'code', emailAddressId, personId, subject: 'Код', text: '123456' } as const
  const { id } = await deliveries.insertEmail(db, code)
  await send(db, server, id)
  expect(String(server.messages[0]!.raw)).toContain('123456')
  expect(await getDelivery(db, id)).toMatchObject({ status: 'sent', text: null })
})
