import { companies, type Db, people } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, openSandbox, startTestBot, type TestBotOptions } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'

const [own, foreign] = ['MSKU6011672', 'MSKU6011705'] as const
const now = () => new Date('2025-09-02T06:00:00Z')
const internal = /94287657|2051|ЭФ038927|Ромашка/

type Servers = Pick<TestBotOptions, 'db' | 'redisUrl' | 'queuePrefix'>

/** Anna is a viewer of the company whose client owns one of two containers of a train; Boris has no access. */
async function start({ db, redisUrl, queuePrefix }: Servers) {
  await storePositions(db, [aPosition({ container: own }), aPosition({ container: foreign })])
  await storeTrain(db, {
    code: 'К25-073',
    entries: [
      { container: own, client: 'ООО «Ромашка»' },
      { container: foreign, client: 'ООО «Лютик»' },
    ],
  })
  await letIn(db, anna)
  const sandbox = await openSandbox()
  const bot = await startTestBot({ db, redisUrl, queuePrefix, sandbox, now, accessMode: 'approval' })
  return { ...bot, person: sandbox.person(anna) }
}

async function letIn(db: Db, telegramId: number): Promise<void> {
  await people.ensure(db, { telegramId, firstName: 'Анна', lastName: null, username: null, language: 'ru' })
  const company = await companies.insert(db, 'Компания')
  if (company) await companies.addClient(db, company.id, { inn: null, name: 'ООО «Ромашка»' })
  await people.grant(db, telegramId, 'viewer', company?.id)
}

async function press(person: PersonHandle, button: string): Promise<string> {
  await person.press(button)
  return (await person.waitForReply()).text ?? ''
}

test('a card is passed on as a clean message without buttons, or as a workbook', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { person } = await start({ db, redisUrl, queuePrefix })
  await person.say(own)
  await person.waitForReply()
  expect(await press(person, '📤 Переслать клиенту')).toContain('Как переслать?')
  const clean = await press(person, '💬 Сообщением')
  expect(clean).toContain('Данные на')
  expect(clean).not.toMatch(internal)
  expect(person.messages().at(-1)?.reply_markup).toBeUndefined()

  await press(person, '📤 Переслать клиенту')
  expect(await press(person, '📄 Файлом Excel')).toContain('Готовлю файл')
  expect(await db.selectFrom('report').select(['containers', 'isForClient']).execute()).toEqual([
    { containers: [own], isForClient: true },
  ])
})

test('a train and a list hold what the person may see', async ({ db, redisUrl, queuePrefix }) => {
  const { person, sandbox } = await start({ db, redisUrl, queuePrefix })
  await person.say('К25-073')
  await person.waitForReply()
  await press(person, '📤 Переслать клиенту')
  const train = await press(person, '💬 Сообщением')
  expect(train).toContain('В нём 1 контейнер')
  expect(train).not.toMatch(/MSKU|Лютик|Ромашка/)

  await person.say(`${own}, ${foreign}`)
  const list = await person.waitForReply()
  await press(person, '📤 Переслать клиенту')
  const clean = await press(person, '💬 Сообщением')
  expect(clean).toContain(own)
  expect(clean).not.toContain(foreign)

  await person.say('что едет на станцию Селятино')
  await person.waitForReply()
  expect(await press(person, '📤 Переслать клиенту')).toContain('1 контейнер')
  const found = await press(person, '💬 Сообщением')
  expect(found).toContain(own)
  expect(found).not.toMatch(internal)

  // Somebody else presses what only Anna's buttons carry.
  await letIn(db, boris)
  const data = list.reply_markup?.inline_keyboard.flat().find(({ text }) => text.startsWith('📤'))?.callback_data ?? ''
  const stranger = sandbox.person(boris)
  await stranger.say(foreign)
  const answer = await stranger.waitForReply()
  const pressed = await stranger.pressData(data, answer)
  expect((await stranger.waitForAnswer(pressed)).text).toContain('устарела')
})

test('in other chats the bot answers with what the person may see, to the person alone', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { person, sandbox } = await start({ db, redisUrl, queuePrefix })
  const { id: chatId } = sandbox.group({ title: 'Клиент', members: [anna, boris] })
  const asked = await person.askInline(`${own} ${foreign}`, { chatId })
  const answer = await person.waitForInline(asked)
  expect(answer).toMatchObject({ isPersonal: true, results: [{ id: own, title: `📦 ${own}` }] })
  expect(answer.cacheTime).toBeLessThanOrEqual(30)
  expect(answer.button).toBeUndefined()
  const sent = await person.sendInline(asked, own, { chatId })
  expect(sent.text).toContain('Сейчас: Чита I')
  expect(sent.text).not.toMatch(internal)

  for (const [query, results] of [
    ['1672', [own]],
    ['1705', []],
    ['К25-073', ['train-25-073']],
    ['К99-999', []],
    ['', []],
    ['<b>'.repeat(80), []],
  ] as const) {
    const found = await person.waitForInline(await person.askInline(query, { chatId }))
    expect({ query, results: found.results.map(({ id }) => id) }).toEqual({ query, results })
    expect({ query, hasButton: found.button !== undefined }).toEqual({ query, hasButton: results.length === 0 })
  }
  // What is sent by means of the bot is no question to it.
  await person.sendInline(asked, own)
  await person.say('/menu')
  expect((await person.waitForReply()).text).toContain('Выберите действие')
})

test('a stranger gets the button that opens the bot, and is not stored', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const stranger = sandbox.person(boris)
  const answer = await stranger.waitForInline(await stranger.askInline(own))
  expect(answer).toMatchObject({ results: [], isPersonal: true, cacheTime: 0, button: { start_parameter: 'inline' } })
  expect(await people.findByTelegramId(db, boris)).toBeUndefined()
})

test('a container that only a terminal knows is passed on by its card, in a list and in other chats', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { person } = await start({ db, redisUrl, queuePrefix })
  const [onSite, theirs] = ['TKRU4471976', 'CSQU3054383'] as const
  const client = 'ООО «Ромашка»'
  await storeVisits(db, [aVisit({ container: onSite, client }), aVisit({ container: theirs, client: 'ООО «Лютик»' })])
  await person.say(onSite)
  await person.waitForReply()
  await press(person, '📤 Переслать клиенту')
  const clean = await press(person, '💬 Сообщением')
  expect(clean).toContain(`📦 ${onSite}\n🏗 на терминале\nТерминал A-Terminal, с 1 сентября\nНаправление: Селятино`)
  expect(clean).not.toMatch(internal)

  await person.say(`${onSite} ${theirs} ${own}`)
  await person.waitForReply()
  await press(person, '📤 Переслать клиенту')
  const list = await press(person, '💬 Сообщением')
  expect(list).toContain(`📦 ${onSite}\n🏗 на терминале`)
  expect(list).toContain(`📦 ${own}\n🚂 в пути`)
  expect(list).not.toContain(theirs)

  const { results } = await person.waitForInline(await person.askInline(`${onSite} ${theirs}`))
  expect(results.map(({ id }) => id)).toEqual([onSite])
})
