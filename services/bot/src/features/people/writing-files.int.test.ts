import { type Db, people } from '@atermtrack/data'
import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { boris, anna } from '../../testing/start-test-bot.ts'
import { hasText, received, start, vera } from '../../testing/start-broadcasting.ts'

const heading = '✉️ Сообщение от администратора'
const file = (fileName: string) => ({ bytes: Buffer.from(fileName), fileName })

async function beginWriting(db: Db, admin: PersonHandle): Promise<void> {
  const { id } = (await people.findByTelegramId(db, boris))!
  await admin.say('/people')
  await admin.waitForReply({ where: hasText('Люди') })
  await admin.pressData(`v1:pe-write:${id}`, admin.messages().at(-1)!)
  await admin.waitForReply({ where: hasText('Что написать?') })
}

async function confirm(admin: PersonHandle): Promise<void> {
  await admin.waitForReply({ where: hasText('Так это увидит') })
  await admin.press('✉️ Отправить')
  await admin.waitForReply({ where: hasText('Отправляю') })
}

test('a photo and a file go to one person as they were shown, with the word from whom they are', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox, admin } = await start({ db, redisUrl, queuePrefix })
  await beginWriting(db, admin)
  await admin.sendPhoto({ ...file('a.png'), caption: 'я'.repeat(901) })
  await admin.waitForReply({ where: hasText('до 900 знаков') })
  await admin.sendPhoto({ ...file('b.png'), caption: 'Окно 5 < 7' })
  await confirm(admin)
  await waitUntil(() => received(sandbox, boris).length === 1, { what: 'the photo' })
  const [photo] = received(sandbox, boris)
  const preview = received(sandbox, anna).find((message) => message.photo)
  expect(photo).toMatchObject({ photo: preview!.photo, caption: `${heading}\n\nОкно 5 < 7` })
  expect(preview?.caption).toBe(photo?.caption)

  await beginWriting(db, admin)
  await admin.sendDocument(file('Акт <1>.pdf'))
  await confirm(admin)
  await waitUntil(() => received(sandbox, boris).length === 2, { what: 'the file' })
  expect(received(sandbox, boris)[1]).toMatchObject({ document: { file_name: 'Акт <1>.pdf' }, caption: heading })
  const rows = await waitUntil(
    async () => {
      const found = await db
        .selectFrom('delivery')
        .select(['status', 'audience', 'kind'])
        .where('chatId', '=', boris)
        .execute()
      return found.every(({ status }) => status === 'sent') && found
    },
    { what: 'the outcomes' },
  )
  expect(rows).toEqual([1, 2].map(() => ({ status: 'sent', audience: 'anybody', kind: 'alert' })))
  expect((await db.selectFrom('audit').select('details').execute()).map(({ details }) => details)).toMatchObject([
    { method: 'sendPhoto' },
    { method: 'sendDocument' },
  ])
})

const photo = (name: string, caption?: string) => ({
  ...file(name),
  mimeType: 'image/png',
  as: 'photo' as const,
  ...(caption !== undefined && { caption }),
})

/** Sends the album, and waits for its preview. */
async function previewOf(admin: PersonHandle, album: Parameters<PersonHandle['sendAlbum']>[0]): Promise<SeenMessage> {
  await admin.sendAlbum(album)
  return admin.waitForReply({ where: hasText('Так это увидит') })
}

test('an album goes to one person as one, as it was shown, once', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox, admin } = await start({ db, redisUrl, queuePrefix })
  await beginWriting(db, admin)
  const album = [photo('a.png', 'Окно 5 < 7'), photo('b.png'), photo('c.png', 'Ворота')]
  const question = await previewOf(admin, album)
  const data = question.reply_markup!.inline_keyboard[0]![0]!.callback_data!
  const captions = [`${heading}\n\nОкно 5 < 7`, undefined, 'Ворота']
  const shown = received(sandbox, anna).filter((message) => message.photo)
  expect(shown.map(({ caption }) => caption)).toEqual(captions)

  await admin.press('✉️ Отправить')
  await waitUntil(() => received(sandbox, boris).length === 3, { what: 'the album' })
  const sent = received(sandbox, boris)
  expect(sent.map(({ caption }) => caption)).toEqual(captions)
  expect(sent.map((message) => message.photo)).toEqual(shown.map((message) => message.photo))
  expect(new Set(sent.map(({ media_group_id }) => media_group_id)).size).toBe(1)

  const again = await admin.pressData(data, question)
  expect((await admin.waitForAnswer(again)).text).toBe('Кнопка устарела')
  expect(await db.selectFrom('broadcast').select('id').execute()).toEqual([])
  const [row] = await db.selectFrom('delivery').select(['kind', 'audience', 'broadcastId', 'albumMessageIds']).execute()
  expect(row).toMatchObject({ kind: 'alert', audience: 'anybody', broadcastId: null })
  expect(row!.albumMessageIds).toHaveLength(3)
  expect((await db.selectFrom('audit').select('details').execute()).map(({ details }) => details)).toMatchObject([
    { method: 'sendMediaGroup' },
  ])
})

test('another message takes the place of an album, and the press of another admin sends nothing', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox, admin } = await start({ db, redisUrl, queuePrefix }, [anna, vera])
  await beginWriting(db, admin)
  await admin.sendAlbum([photo('a.png', 'я'.repeat(901)), photo('b.png')])
  await admin.waitForReply({ where: hasText('до 900 знаков') })
  const question = await previewOf(admin, [photo('a.png', 'Первый'), photo('b.png')])
  const data = question.reply_markup!.inline_keyboard[0]![0]!.callback_data!
  const { id } = await db.selectFrom('broadcast').select('id').executeTakeFirstOrThrow()
  const other = sandbox.person(vera)
  await other.say('/broadcast')
  await other.waitForReply({ where: hasText('Пришлите сообщение рассылки') })
  for (const tampered of [data, `v1:pe-drop-album:${id}`, `v1:broadcast-send:${id}:1:2`, `v1:broadcast-open:${id}`]) {
    const press = await other.pressData(tampered, other.messages().at(-1)!)
    expect((await other.waitForAnswer(press)).text).toBe('Кнопка устарела')
  }
  // The author's own press on a button of broadcasts is none either.
  const press = await admin.pressData(`v1:broadcast-send:${id}:1:2`, question)
  expect((await admin.waitForAnswer(press)).text).toBe('Кнопка устарела')

  await admin.say('Лучше словами')
  await admin.waitForReply({ where: ({ text }) => text === `${heading}\n\nЛучше словами` })
  const late = await admin.pressData(data, question)
  expect((await admin.waitForAnswer(late)).text).toBe('Кнопка устарела')
  await admin.press('✉️ Отправить')
  await waitUntil(() => received(sandbox, boris).length === 1, { what: 'the text' })
  expect(received(sandbox, boris)[0]?.text).toContain('Лучше словами')
  expect(await db.selectFrom('broadcast').select('id').execute()).toEqual([])
})

test('a contact is not taken', async ({ db, redisUrl, queuePrefix }) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await beginWriting(db, admin)
  await admin.sendContact('+79000000000')
  await admin.waitForReply({ where: hasText('фото, файл либо альбом') })
  expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
})
