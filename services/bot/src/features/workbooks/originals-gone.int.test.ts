import { type Db, mailbox } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { aWorkbook, hasButton, pressLate, says, start, stateOf } from '../../testing/start-review.ts'

const shrunk = { status: 'quarantined', kind: 'dislocation', rowCount: 5, reason: 'shrunk' } as const

async function letGo(db: Db): Promise<void> {
  await db
    .updateTable('blob')
    .set({ content: Buffer.alloc(0), emptiedAt: new Date() })
    .execute()
}

test('an admin reads that the original is gone, and late presses of its buttons say so', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first, enqueued } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { status: 'refused', reason: 'damaged' })
  await letGo(db)
  await pressLate(first, `v1:wb-show:${id}:-`)
  const shown = await first.waitForReply({ where: says('Исходный файл больше не хранится') })
  for (const text of ['📎 Исходный файл', '🔁 Повторить импорт']) expect(hasButton(text)(shown)).toBe(false)
  expect(await pressLate(first, `v1:wb-file:${id}:-`)).toBe('Исходный файл больше не хранится')
  await pressLate(first, `v1:wb-replay:${id}:-`)
  expect(await stateOf(db, id)).toMatchObject({ status: 'refused' })
  expect(enqueued).toEqual([])
  expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
})

test('an admin reads that an import cannot be undone any more, and a late press does nothing', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first, enqueued } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { status: 'imported', kind: 'dislocation', rowCount: 5 })
  await db.updateTable('workbook').set({ undoClosedAt: new Date() }).execute()
  await pressLate(first, `v1:wb-show:${id}:-`)
  const shown = await first.waitForReply({ where: says('Отменить этот импорт уже нельзя') })
  expect(hasButton('↩️ Отменить импорт')(shown)).toBe(false)
  await pressLate(first, `v1:wb-undo-yes:${id}:-`)
  expect(await stateOf(db, id)).toEqual({ status: 'imported', reason: null })
  expect(enqueued).toEqual([])
})

test('the button of a gathered notice opens the list in a separate message', async ({ db, redisUrl, queuePrefix }) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, shrunk)
  const key = { mailbox: 'box', uidValidity: 1, uid: 1 }
  const attachments = [{ fileName: '<отчёт>.xlsx', size: 12_300, sha256: 'ab' }]
  const mailId = await mailbox.insertMessage(db, {
    ...key,
    receivedAt: new Date(),
    subject: 'Отчёт',
    status: 'refused',
    reason: 'stranger_quota',
    attachments,
  })
  await first.say('/help')
  const notice = await first.waitForReply()
  await first.pressData('v1:wb-open:files', notice)
  const list = await first.waitForReply({ where: hasButton(`№${id}`) })
  expect(list.message_id).not.toBe(notice.message_id)
  await first.pressData('v1:wb-open:mail', notice)
  const mails = await first.waitForReply({ where: says('от неизвестных отправителей сегодня пришло слишком много') })
  expect(mails.message_id).not.toBe(notice.message_id)
  await first.press(`№${mailId}`)
  await first.waitForReply({ where: says('📄 <отчёт>.xlsx, 12,3 КБ') })
})
