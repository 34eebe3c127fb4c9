import { type Db, workbooks } from '@atermtrack/data'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { anna, startTestBot } from '../../../testing/start-test-bot.ts'
import { storeTrain } from '../../../testing/store-train.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const containers = [0, 1].map(containerNumber)
const declared = {
  kind: 'train_roster',
  trainCode: 'К25-101',
  destination: 'Тучково <b>',
  sentAt: '2025-09-01T11:30:00.000Z',
}

async function answerUpToList({ db, redisUrl, queuePrefix }: { db: Db; redisUrl: string; queuePrefix: string }) {
  await storeTrain(db, { code: 'К25-073', entries: [] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, adminChatIds: [anna] })
  const person = sandbox.person(anna)
  await person.say('/trains')
  await person.waitForReply()
  await person.press('➕ Новый поезд')
  await person.waitForReply()
  for (const [text, answer] of [
    ['сто первый', 'Пришлите код целиком'],
    ['К25-073', 'Поезд К25-073 уже есть'],
    ['k25 101', 'Куда идёт поезд К25-101?'],
    ['x'.repeat(61), 'не длиннее 60'],
    ['Тучково <b>', 'Когда он отправлен?'],
    ['завтра', 'Не понял дату'],
    ['01.09.2025 14:30', 'Какие контейнеры едут?'],
    ['пока не знаю', 'Не вижу номеров контейнеров'],
  ] as const) {
    await person.say(text)
    expect((await person.waitForReply()).text).toContain(answer)
  }
  return person
}

test('a train by hand is a list like one that comes by mail, from numbers in the chat', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const person = await answerUpToList({ db, redisUrl, queuePrefix })
  await person.say(`${containers.join('\n')}\nMSKU60116`)
  const done = await person.waitForReply()
  expect(done.text).toContain('Поезд К25-101, 2 контейнера. Принимаю список')
  expect(done.text).toContain('пропускаю: MSKU60116')
  const stored = await db
    .selectFrom('workbook')
    .select(['id', 'fileName', 'origin', 'status', 'replyChatId', 'declared', 'sha256', 'size'])
    .where('declared', 'is not', null)
    .executeTakeFirstOrThrow()
  expect(stored).toMatchObject({
    fileName: 'Поезд К25-101, список из чата.csv',
    origin: 'telegram',
    status: 'pending',
    replyChatId: anna,
    declared,
  })
  const content = Buffer.from(await workbooks.getContent(db, stored)).toString()
  expect(content).toBe(`\uFEFFКонтейнер\r\n${containers.join('\r\n')}\r\n`)
  expect(await db.selectFrom('audit').select(['action', 'object', 'details']).execute()).toEqual([
    { action: 'train.created', object: 'train:К25-101', details: { containers: 2, workbookId: stored.id } },
  ])
  // The dialog is over: the next numbers are a question.
  await person.say(containers[0]!)
  await person.waitForReply()
  expect(await db.selectFrom('workbook').select('id').where('status', '=', 'pending').execute()).toHaveLength(1)
})

test('the list of a train by hand may be a file', async ({ db, redisUrl, queuePrefix }) => {
  const person = await answerUpToList({ db, redisUrl, queuePrefix })
  await person.sendDocument({ bytes: Buffer.from('a workbook'), fileName: 'Книга <1>.xlsx' })
  expect((await person.waitForReply()).text).toContain('Поезд К25-101. Читаю Книга <1>.xlsx как его список')
  expect(await db.selectFrom('incomingDocument').select(['purpose', 'fileName', 'declared']).execute()).toEqual([
    { purpose: 'import', fileName: 'Книга <1>.xlsx', declared },
  ])
})
