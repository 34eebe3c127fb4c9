import { type Db, deliveries, emailRecipients } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, aMessage, expect, readLedger, test } from '@atermtrack/testkit'
import { polling, settingsOf } from '../polling.test-helper.ts'
import { aReturnedMail } from './returned-mail.test-helper.ts'

const address = 'anna@example.test'
const authservId = 'mx.example.org'
const proved = (domain: string) =>
  `Authentication-Results: ${authservId};\r\n\tdmarc=pass (p=none) header.from=${domain}`

/** A mail of the ledger that was sent to Anna. */
async function aSentMail(db: Db) {
  const { id: personId } = await db
    .insertInto('person')
    .values({ telegramId: 1001, access: 'granted' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: emailAddressId } = await db
    .insertInto('emailAddress')
    .values({ personId, address, verifiedAt: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await deliveries.insertEmail(db, { kind: 'alert', emailAddressId, personId, subject: 'x', text: 'x' })
  const recipient = await emailRecipients.prepare(db, id, { domain: 'aterm.test' })
  return { messageId: recipient!.messageId, emailAddressId }
}

async function pausesOf(db: Db) {
  return db.selectFrom('emailAddress').select(['bouncedAt', 'unsubscribedAt']).executeTakeFirstOrThrow()
}

async function reasonsOf(db: Db) {
  return (await db.selectFrom('mailMessage').select('reason').orderBy('id').execute()).map(({ reason }) => reason)
}

async function noticesOf(db: Db) {
  return (await readLedger(db)).filter(({ channel }) => channel === 'telegram').map(({ text }) => text)
}

function aReply(messageId: string, { from = address, isProved = true } = {}): Buffer {
  const proof = isProved ? [proved('example.test')] : []
  return aMessage({
    from,
    subject: 'Re: Дислокация',
    text: 'Стоп\n\n> Таблица во вложении.',
    rawHeaders: [...proof, `In-Reply-To: <${messageId}>`, `Message-ID: <reply-${from}-${isProved}@example.test>`],
  })
}

test('a reply «стоп» of the address itself ends mail to it and is confirmed in the chat once', async ({
  db,
  mailServer,
}) => {
  const { messageId } = await aSentMail(db)
  await mailServer.append(aReply(messageId))
  await mailServer.append(
    aMessage({ from: address, subject: `unsubscribe ${messageId}`, rawHeaders: [proved('example.test')] }),
  )
  const { poll, notified, stored } = polling(db, settingsOf(mailServer), { authservId })
  await poll()
  expect(await pausesOf(db)).toEqual({ bouncedAt: null, unsubscribedAt: expect.any(Date) })
  expect(await reasonsOf(db)).toEqual(['unsubscribed', 'unsubscribed'])
  expect(await noticesOf(db)).toEqual([expect.stringContaining(`на <b>${address}</b> больше не пишу`)])
  expect(notified).toHaveLength(1)
  expect(stored).toEqual([])
})

test('nobody ends the mail of somebody else', async ({ db, mailServer }) => {
  const { messageId } = await aSentMail(db)
  await mailServer.append(aReply(messageId, { from: 'eve@example.test' }))
  await mailServer.append(aReply(messageId, { isProved: false }))
  const guessed = `delivery-${messageId.split('.')[0]!.slice(9)}.00000000-0000-0000-0000-000000000000@aterm.test`
  await mailServer.append(aReply(guessed))
  await polling(db, settingsOf(mailServer), { authservId }).poll()
  expect(await pausesOf(db)).toEqual({ bouncedAt: null, unsubscribedAt: null })
  expect(await reasonsOf(db)).toEqual(['no_attachments', 'no_attachments', 'no_attachments'])
  expect(await noticesOf(db)).toEqual([])
})

test('a returned mail pauses its address, and our own workbook in it is not imported', async ({ db, mailServer }) => {
  const { messageId } = await aSentMail(db)
  const content = await aDislocationWorkbook({ rows: [aDislocationRow()] })
  const returned = aMessage({ messageId: `<${messageId}>`, attachments: [{ fileName: 'Дислокация.xlsx', content }] })
  await mailServer.append(
    aReturnedMail({
      messageId,
      status: '5.1.1',
      action: 'failed',
      returned: String(returned),
      returnedType: 'message/rfc822',
    }),
  )
  const { poll, stored } = polling(db, settingsOf(mailServer), { authservId })
  await poll()
  expect(await pausesOf(db)).toEqual({ bouncedAt: expect.any(Date), unsubscribedAt: null })
  expect(await noticesOf(db)).toEqual([expect.stringContaining(`не принимает <b>${address}</b>`)])
  expect(stored).toEqual([])
  expect(await reasonsOf(db)).toEqual(['mail_returned'])
})

test('a mail that is late, or that nobody of ours sent, pauses nothing', async ({ db, mailServer }) => {
  const { messageId } = await aSentMail(db)
  await mailServer.append(aReturnedMail({ messageId, status: '4.4.1', action: 'delayed' }))
  await mailServer.append(
    aReturnedMail({
      messageId: 'delivery-1.00000000-0000-0000-0000-000000000000@aterm.test',
      status: '5.1.1',
      action: 'failed',
    }),
  )
  await polling(db, settingsOf(mailServer), { authservId }).poll()
  expect(await pausesOf(db)).toEqual({ bouncedAt: null, unsubscribedAt: null })
  expect(await noticesOf(db)).toEqual([])
})
