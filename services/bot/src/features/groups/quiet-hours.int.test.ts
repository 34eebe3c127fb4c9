import { deliveries, type Db, groupQuietHours, people, subscriptions, subscriptionTargets } from '@atermtrack/data'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { letGroupIn } from '../../testing/let-group-in.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

// 12:00 in Vladivostok.
const now = () => new Date('2025-09-02T02:00:00Z')

async function sendSomethingTo(db: Db, chatId: number): Promise<void> {
  const owner = await waitUntil(() => people.findByTelegramId(db, anna), { what: 'the person' })
  const { id: subscriptionId } = await subscriptions.insert(db, {
    personId: owner.id,
    name: 'Список',
    items: [],
    slots: ['09:00'],
    zone: 'Asia/Vladivostok',
    nextDueAt: new Date('2040-01-01'),
    createdUpdateId: 900_001,
  })
  await subscriptionTargets.addGroup(db, { subscriptionId, chatId, threadId: 77 })
}

test('the quiet hours of a group and of its topic are set by those who have something sent there', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const [owner, other] = [sandbox.person(anna), sandbox.person(boris)]
  const { id: chatId } = sandbox.group({ title: 'Смена', members: [anna, boris], supergroup: true })
  await letGroupIn(db, chatId)
  for (const person of [owner, other]) {
    await person.say('/quiet_hours')
    expect((await person.waitForReply()).text).toContain('напишите в группе или её теме')
  }
  await sendSomethingTo(db, chatId)
  await owner.say('/quiet_hours 22:30-7', { chatId })
  const whole = await owner.waitForReply({ chatId })
  expect(whole.text).toContain('Тихие часы группы\n22:30–07:00 (МСК+7): сообщаю о событиях без звука.')
  await owner.say('/quiet_hours вечером', { chatId })
  expect((await owner.waitForReply({ chatId })).text).toContain('Не понял часы')

  await owner.say('/quiet_hours', { chatId, threadId: 77 })
  const topic = await owner.waitForReply({ chatId })
  expect(topic.text).toContain('Тихие часы этой темы\n22:30–07:00')
  expect(topic.text).toContain('Так задано для всей группы.')
  const refused = await other.pressData('v1:grp-quiet-off', topic)
  expect(await other.waitForAnswer(refused)).toMatchObject({ text: expect.stringContaining('меняют те, чьи подписки') })
  await owner.pressData('v1:grp-quiet:2300:0700', topic)
  expect((await owner.waitForReply({ chatId })).text).toContain('23:00–07:00')
  await owner.pressData('v1:grp-quiet-how:hold', topic)
  expect((await owner.waitForReply({ chatId })).text).toContain('жду их конца')
  const hoursIn = async (threadId: number | undefined) => groupQuietHours.find(db, { chatId, threadId })
  expect(await hoursIn(77)).toEqual({
    hours: { from: '23:00', until: '07:00' },
    zone: 'Asia/Vladivostok',
    holdsAlerts: true,
    isOfTopic: true,
  })
  expect(await hoursIn(78)).toMatchObject({ hours: { from: '22:30', until: '07:00' }, isOfTopic: false })
  await owner.pressData('v1:grp-quiet-off', topic)
  expect((await owner.waitForReply({ chatId })).text).toContain('Не заданы')
  expect(await hoursIn(77)).toMatchObject({ hours: undefined, isOfTopic: true })
  await owner.pressData('v1:grp-quiet-as', topic)
  expect((await owner.waitForReply({ chatId })).text).toContain('22:30–07:00')

  await deliveries.moveToChat(db, chatId, chatId - 1)
  expect(await groupQuietHours.find(db, { chatId: chatId - 1, threadId: 5 })).toMatchObject({ isOfTopic: false })
  expect(await db.selectFrom('audit').select('action').distinct().execute()).toEqual([{ action: 'group.quiet_hours' }])
})
