import { type Db, people } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { boris, anna } from '../../testing/start-test-bot.ts'
import { hasText, received, start } from '../../testing/start-broadcasting.ts'

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

test('an album is not taken, and a contact neither', async ({ db, redisUrl, queuePrefix }) => {
  const { admin } = await start({ db, redisUrl, queuePrefix })
  await beginWriting(db, admin)
  await admin.sendAlbum(['a.png', 'b.png'].map((name) => ({ ...file(name), mimeType: 'image/png' })))
  await admin.waitForReply({ where: hasText('одно фото либо файл') })
  await admin.sendContact('+79000000000')
  await admin.waitForReply({ where: hasText('одно фото либо файл') })
  expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
})
