import { pendingRows } from '@atermtrack/data'
import { expandBroadcast } from '@atermtrack/queue'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { anna, boris } from '../../testing/start-test-bot.ts'
import { actionsOf, begin, hasButton, hasText, press, received, start, vera } from '../../testing/start-broadcasting.ts'

// Takes up to 60 s: albums wait for their last part, and each chat gets a message a second at most.

const file = (fileName: string) => ({ fileName, mimeType: 'image/png', bytes: Buffer.from(fileName) })

test('a photo reaches everybody exactly as it was, though its message is deleted meanwhile', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  await begin(admin)
  await admin.sendPhoto({ ...file('a.png'), caption: 'Окно 5 < 7, см. https://a.example/b' })
  const panel = await admin.waitForReply({ where: hasButton('Отправить 3') })
  const [original] = admin.messages().filter(({ photo, from }) => photo && !from.is_bot)
  const preview = received(sandbox, anna).find(({ photo }) => photo)
  const content = { photo: original!.photo, caption: original!.caption, caption_entities: original!.caption_entities }
  expect(preview).toMatchObject(content)
  expect(panel.text).toContain('👥 Кому: все, у кого есть доступ — 3 человека')
  await admin.deleteMessage(original!)
  await press(admin, 'Без звука', hasText('🔕 Без звука'))
  await press(admin, 'Отправить 3', hasText('Рассылка завершена'))
  for (const id of [boris, vera]) {
    expect(received(sandbox, id)).toHaveLength(1)
    expect(received(sandbox, id)[0]).toMatchObject(content)
  }
  const sent = sandbox.calls.filter(({ method, chatId }) => method === 'sendPhoto' && chatId !== anna)
  expect(sent.map(({ payload }) => payload['disable_notification'])).toEqual([true, true])
  expect(await actionsOf(db)).toEqual(['composed', 'changed', 'confirmed', 'done'])
})

test('an album has one preview, leaves as one, and is recalled whole; what cannot be deleted is counted', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  await begin(admin)
  await admin.sendAlbum([
    { ...file('a.png'), as: 'photo', caption: 'Альбом' },
    { ...file('b.png'), as: 'photo' },
    { ...file('c.png'), as: 'photo' },
  ])
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  expect(admin.messages().filter(hasButton('Отправить 3'))).toHaveLength(1)
  expect(received(sandbox, anna).filter(({ photo }) => photo)).toHaveLength(3)
  // The dialog is over: the next text is a question again.
  await admin.say('TKRU4471976')
  await admin.waitForReply({ where: hasText('TKRU4471976') })
  await press(admin, 'Отправить 3', hasText('Рассылка завершена'))
  const album = received(sandbox, boris)
  expect(album.map(({ caption }) => caption)).toEqual(['Альбом', undefined, undefined])
  expect(new Set(album.map(({ media_group_id }) => media_group_id)).size).toBe(1)

  sandbox.faults.add({ kind: 'error', code: 400, description: "Bad Request: message can't be deleted", chatId: vera })
  await press(admin, 'Отозвать', hasButton('Удалить у 3'))
  await admin.press('Удалить у 3')
  const end = await admin.waitForReply({ where: hasText('Отозвана') })
  expect(end.text).toContain('удалено 2 из 3')
  expect(end.text).toContain('Удалить не удалось: 1')
  expect(received(sandbox, boris)).toEqual([])
  expect(received(sandbox, vera)).toHaveLength(3)
  await waitUntil(async () => (await actionsOf(db)).at(-1) === 'recall_done', { what: 'the end of the recall' })
  expect(await actionsOf(db)).toEqual(['composed', 'confirmed', 'done', 'recalled', 'recall_done'])
})

test('a broadcast to a company waits for its time, is listed meanwhile, and survives an emptied Redis', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox, queues } = await start({ db, redisUrl, queuePrefix })
  const company = await db.insertInto('company').values({ name: 'Ромашка' }).returning('id').executeTakeFirstOrThrow()
  await db
    .updateTable('person')
    .set({ companyId: company.id, role: 'viewer' })
    .where('telegramId', '=', boris)
    .execute()
  await begin(admin)
  await admin.say('Только своим')
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  const kinds = await press(admin, 'Кому', hasButton('Компания'))
  expect(hasButton('Все · 3')(kinds) && hasButton('Администраторы · 1')(kinds)).toBe(true)
  await press(admin, 'Компания', hasButton('Ромашка · 1'))
  const chosen = await press(admin, 'Ромашка', hasButton('Отправить 1'))
  expect(chosen.text).toContain('Кому: компания «Ромашка» — 1 человек')
  await press(admin, 'Когда', hasText('Владивосток'))
  for (const [text, answer] of [
    ['скоро', 'Не понял время'],
    ['вчера 9:00', 'уже прошло'],
    ['01.01.2090 9:00', 'Больше чем на год'],
  ] as const) {
    await admin.say(text)
    await admin.waitForReply({ where: hasText(answer) })
  }
  await admin.say('завтра 9:00')
  await admin.waitForReply({ where: hasButton('Запланировать для 1') })
  const scheduled = await press(admin, 'Запланировать для 1', hasText('Рассылка запланирована'))
  expect(scheduled.text).toContain('09:00')
  await admin.say('/broadcast')
  await admin.waitForReply({ where: hasButton('🕒 запланирована') })
  await press(admin, '🕒 запланирована', hasText('Рассылка запланирована'))
  const [row] = await db.selectFrom('broadcast').select(['id', 'status']).execute()
  expect(row!.status).toBe('scheduled')

  // Its time comes while no job is left.
  await queues.enqueue(expandBroadcast, { broadcastId: row!.id })
  await flush(redisUrl, queuePrefix)
  await sql`update broadcast set send_at = now() - interval '2 min', enqueued_at = now() - interval '1 h'`.execute(db)
  for (const { id } of await pendingRows.claim(db, 'expand-broadcast', { seconds: 60, limit: 10 })) {
    await queues.enqueue(expandBroadcast, { broadcastId: id })
  }
  await admin.waitForReply({ where: hasText('Отправлено 1 из 1') })
  expect(received(sandbox, boris).map(({ text }) => text)).toEqual(['Только своим'])
  expect(received(sandbox, vera)).toEqual([])
})

test('of two admins who press at once one wins, and the other sees how it stands', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix }, [anna, boris])
  const other = sandbox.person(boris)
  // It cannot end before it is cancelled.
  sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 30, method: 'sendMessage', chatId: vera })
  await begin(admin)
  await admin.say('Внимание')
  await admin.waitForReply({ where: hasButton('Отправить 3') })
  const [draft] = await db.selectFrom('broadcast').select('id').execute()
  await begin(other)
  expect(other.messages().some(hasButton('Внимание'))).toBe(false)
  const foreign = await other.pressData(`v1:broadcast-drop:${draft!.id}`, other.messages().at(-1)!)
  expect((await other.waitForAnswer(foreign)).text).toBe('Кнопка устарела')
  await press(admin, 'Отправить 3', hasButton('Пауза'))
  await begin(other)
  await press(other, 'Внимание', hasButton('Отменить'))
  await press(other, 'Отменить', hasButton('Не отправлять'))
  await admin.waitForReply({ where: hasText('на паузе') })
  const shown = other.messages().find(hasButton('Не отправлять'))!
  const data = `v1:broadcast-cancel:${draft!.id}`
  const presses = await Promise.all([
    other.pressData(data, shown),
    admin.pressData(data, admin.messages().find(hasButton('Продолжить'))!),
  ])
  const answers = [await other.waitForAnswer(presses[0]), await admin.waitForAnswer(presses[1])]
  expect(answers.filter(({ text }) => text === 'Кнопка устарела')).toHaveLength(1)
  await admin.waitForReply({ where: hasText('Рассылка отменена') })
  await other.waitForReply({ where: hasText('Рассылка отменена') })
  expect((await actionsOf(db)).filter((action) => action === 'cancelled')).toHaveLength(1)
})

test('an admin who reads English composes, sends and orders the file in English', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, sandbox } = await start({ db, redisUrl, queuePrefix })
  await db.updateTable('person').set({ chosenLanguage: 'en' }).where('telegramId', '=', anna).execute()
  await sandbox.person(vera).block()
  await waitUntil(
    async () =>
      (await db.selectFrom('person').select('id').where('unreachableSince', 'is not', null).execute()).length === 1,
    {
      what: 'the block',
    },
  )
  await admin.say('/broadcast')
  await admin.waitForReply({ where: hasText('Send the message of the broadcast') })
  await admin.say('Hello')
  const panel = await admin.waitForReply({ where: hasButton('Send 2') })
  expect(panel.text).toContain('To: everybody with access, 2 people')
  sandbox.faults.add({ kind: 'forbidden', method: 'sendMessage', chatId: boris })
  await press(admin, 'Send 2', hasText('The broadcast is done'))
  const pressed = await admin.press(({ text }) => text.includes('Not reached (1)'))
  expect((await admin.waitForAnswer(pressed)).text).toBe('Preparing the file, which I will send here')
  expect(await db.selectFrom('report').select(['kind', 'name']).execute()).toEqual([
    { kind: 'unreached', name: 'Who was not reached' },
  ])
})

async function flush(redisUrl: string, queuePrefix: string): Promise<void> {
  const redis = new Redis(redisUrl)
  const keys = await redis.keys(`${queuePrefix}*`)
  await redis.del(...keys)
  redis.disconnect()
}
