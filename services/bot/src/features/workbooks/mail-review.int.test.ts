import { mailbox, reviewQueue } from '@atermtrack/data'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { audited, aWorkbook, hasButton, pressLate, says, start } from '../../testing/start-review.ts'

const shrunk = { status: 'quarantined', kind: 'dislocation', rowCount: 5, reason: 'shrunk' } as const

test('an admin gets the original file of a workbook as it arrived', async ({ db, redisUrl, queuePrefix }) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, shrunk)
  await pressLate(first, `v1:wb-show:${id}:-`)
  await first.waitForReply({ where: hasButton('📎 Исходный файл') })
  await first.press('📎 Исходный файл')
  const sent = await first.waitForReply({ where: ({ document }) => document !== undefined })
  expect(sent).toMatchObject({ caption: `📎 report.xlsx №${id}`, document: { file_name: 'report.xlsx' } })
  expect(sent.document?.file_size).toBe((await reviewQueue.find(db, id))?.size)
})

test.for([
  [0, 'Файл пуст: отправлять нечего'],
  [50_000_001, 'Файл больше 50 МБ: Telegram такие не принимает'],
] as const)(
  'a file of %d bytes is not sent, and the admin reads why',
  async ([size, why], { db, redisUrl, queuePrefix }) => {
    const { first } = await start({ db, redisUrl, queuePrefix })
    const id = await aWorkbook(db, shrunk)
    await db.updateTable('workbook').set({ size }).where('id', '=', id).execute()
    expect(await pressLate(first, `v1:wb-file:${id}:-`)).toBe(why)
    expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
  },
)

test('an admin finds a message that was not accepted and has it tried again', async ({ db, redisUrl, queuePrefix }) => {
  const { first, enqueued } = await start({ db, redisUrl, queuePrefix })
  const key = { mailbox: 'box', uidValidity: 1, uid: 1 }
  const letter = { ...key, subject: 'Отчёт <103>', receivedAt: new Date() }
  const id = await mailbox.insertMessage(db, { ...letter, status: 'refused', reason: 'too_big' })
  await first.say('/workbooks')
  await first.waitForReply({ where: hasButton('✉️ письма') })
  await first.press('✉️ письма')
  await first.waitForReply({ where: hasButton(`№${id}`) })
  await first.press(`№${id}`)
  await first.waitForReply({ where: says('Тема: Отчёт <103>') })
  await first.press('🔁 Попробовать ещё раз')
  await first.waitForReply({ where: says('Попробуем ещё раз') })
  await waitUntil(() => enqueued.length > 0, { what: 'the job of the mailbox' })
  expect(enqueued).toEqual(['poll imap true'])
  expect(await pressLate(first, `v1:wb-mail-again:${id}`)).toBe('Уже пробуем')
  expect(await audited(db)).toEqual([{ action: 'mail.retried', details: {} }])
  await db.updateTable('mailMessage').set({ status: 'stored' }).execute()
  expect(await pressLate(first, `v1:wb-mail:${id}`)).toContain('уже не ждёт')
})
