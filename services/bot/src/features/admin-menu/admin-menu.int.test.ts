import { people } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'
import { awaitText, meet, tap, tell } from '../subscriptions/editing.test-helper.ts'

test.for(['open', 'approval'] as const)(
  'the menu of admins opens by its command and button where access is %s, and for nobody else',
  async (accessMode, { db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode, adminChatIds: [boris] })
    const [named, other] = [sandbox.person(boris), sandbox.person(anna)]
    expect(await tell(named, '/admin')).toContain('🛠 Управление')
    expect(await tap(named, 'Люди: кто пользуется ботом')).toContain('Люди: 1')
    await meet(other)
    expect(await tell(other, '/admin')).not.toContain('🛠 Управление')
    await people.grant(db, anna, 'admin')
    expect(await tell(other, '🛠 Управление')).toContain('Что открыть?')
  },
)

test('a section asks whether to keep a half-made subscription', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const admin = sandbox.person(boris)
  await tell(admin, '/admin')
  const menu = admin.messages().at(-1)!
  await tell(admin, '/subscriptions')
  await tap(admin, '➕ Создать')
  await tell(admin, 'Партия')
  await admin.pressData('v1:admin-open:people', menu)
  await awaitText(admin, 'Подписка «Партия» не закончена. Сохранить черновик?')
  await awaitText(admin, 'Люди: 1')
  expect(await tell(admin, '/subscriptions')).toContain('Подписок пока нет')
  expect(await tap(admin, '📝 Черновик «Партия»')).toBeTruthy()
})
