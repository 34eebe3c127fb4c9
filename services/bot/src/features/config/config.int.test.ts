import { type Db, storedSettings } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import type { PersonHandle } from '@atermtrack/sandbox'
import { openSettings } from '@atermtrack/settings'
import { expect, onTestFinished, test, waitUntil } from '@atermtrack/testkit'
import { botEnv, readBotConfig } from '../../config.ts'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, startTestBot, type TestBotOptions, token } from '../../testing/start-test-bot.ts'

const env = { BOT_TOKEN: token, ADMIN_CHAT_ID: `${anna},${boris}`, ACCESS_MODE: 'open' }
const vera = 1003

interface Place {
  readonly db: Db
  readonly redisUrl: string
  readonly queuePrefix: string
}

/** A bot as the service starts it: with the settings of the environment and the database. */
async function start({ db, redisUrl, queuePrefix }: Place, options: Pick<TestBotOptions, 'now'> = {}) {
  const logger = createLogger({ service: 'bot', level: 'silent' })
  const read = { service: 'bot', env, schema: botEnv, read: readBotConfig }
  const settings = await openSettings({ ...read, db, logger, everyMs: 20 })
  onTestFinished(() => settings[Symbol.asyncDispose]())
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, settings, ...options })
  const chat = (id: number) => {
    const person = sandbox.person(id)
    const after = async (act: Promise<unknown>) => {
      await act
      return (await person.waitForReply()).text ?? ''
    }
    return {
      person,
      say: async (text: string) => after(person.say(text)),
      press: async (text: string) => after(person.press(text)),
    }
  }
  return { sandbox, settings, chat }
}

async function open(press: (text: string) => Promise<string>, ...buttons: readonly string[]): Promise<string> {
  let last = ''
  for (const button of buttons) last = await press(button)
  return last
}

/** The rows of inline buttons of the newest message. */
function buttonsOf(person: PersonHandle): readonly (readonly string[])[] {
  const markup = person.messages().at(-1)?.reply_markup
  const rows = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : []
  return rows.map((row) => row.map(({ text }) => text))
}

async function store(db: Db, name: string, value: string): Promise<void> {
  await db.insertInto('setting').values({ name, value }).execute()
}

test('an admin finds a setting, changes it, sees who did, and resets it', async ({ db, redisUrl, queuePrefix }) => {
  const { chat, settings } = await start({ db, redisUrl, queuePrefix })
  const { say, press, person } = chat(anna)
  expect(await say('/config')).toContain('Настройки бота')
  expect(await press('📏 Пороги')).toContain('Пороги')
  const card = await press('Данные устарели, ч: 6')
  expect(card).toContain('Через столько часов ответы предупреждают, что данные старые')
  expect(card).toContain('Сейчас: 6\nИсходное: 6')
  expect(card).not.toContain('Изменено')

  expect(await press('✏️ Изменить')).toContain('Пришлите целое число от 1 до 100\u00A0000.')
  for (const wrong of ['шесть', '0', '-3', '1e400', '100001', 'x'.repeat(4_000)])
    expect(await say(wrong)).toBe('Так не подойдёт. Пришлите целое число от 1 до 100\u00A0000.')
  const changed = await say('8')
  expect(changed).toContain('Сейчас: 8\nИсходное: 6\nИзменено: ')
  await waitUntil(() => settings.current().view.staleAfterMinutes === 480, { what: 'the new limit' })

  const history = await press('🕘 История')
  expect(history).toMatch(/: исходное → 8$/)
  await press('‹ Назад')
  const reset = await person.press('↩️ Вернуть исходное')
  expect(await person.waitForAnswer(reset)).toMatchObject({ text: 'Вернулось исходное' })
  await waitUntil(() => settings.current().view.staleAfterMinutes === 360, { what: 'the value of the environment' })
  expect((await person.waitForReply()).text).toContain('Возвращено к исходному')
  const rows = await db.selectFrom('audit').select(['action', 'object', 'updateId']).orderBy('id').execute()
  expect(rows.filter(({ action }) => action.startsWith('setting.'))).toEqual([
    { action: 'setting.changed', object: 'setting:STALE_AFTER_HOURS', updateId: expect.any(Number) },
    { action: 'setting.reset', object: 'setting:STALE_AFTER_HOURS', updateId: expect.any(Number) },
  ])
})

test('who may send workbooks is changed only after a second look', async ({ db, redisUrl, queuePrefix }) => {
  const { chat } = await start({ db, redisUrl, queuePrefix })
  const { say, press } = chat(anna)
  await say('/config')
  await open(press, '📨 Отправители и файлы', 'Кто присылает дислокацию: cargolk@gvc.rzd.ru', '✏️ Изменить')
  const ask = await say('@rail.example\nrobot@port.example')
  expect(ask).toContain('Было: cargolk@gvc.rzd.ru\nСтанет: @rail.example, robot@port.example')
  expect(ask).toContain('чьи файлы загружаются без проверки')
  expect(await storedSettings.list(db)).toEqual([])
  await press('✖️ Оставить как есть')
  expect(await storedSettings.list(db)).toEqual([])
  await press('✏️ Изменить')
  await say('@rail.example')
  expect(await press('✅ Да, изменить')).toContain('Сейчас: @rail.example')
  expect(await storedSettings.list(db)).toEqual([{ name: 'DISLOCATION_SENDERS', value: '@rail.example' }])
})

test('a button of a change that is over changes nothing', async ({ db, redisUrl, queuePrefix }) => {
  const { chat } = await start({ db, redisUrl, queuePrefix })
  const { say, press, person } = chat(anna)
  await say('/config')
  await open(press, '🚦 Ограничения', 'Вопросов в минуту: 60', '✏️ Изменить')
  expect(await say('2')).toContain('Это очень мало')
  const ask = person.messages().at(-1)!
  await say('/cancel')
  const late = await person.pressData('v1:cfg-confirm:LIMIT_QUESTIONS_PER_MINUTE', ask)
  expect((await person.waitForAnswer(late)).text).toContain('устарела')
  expect(await storedSettings.list(db)).toEqual([])
})

test('of two admins who change the same setting the second learns what the first has written', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { chat } = await start({ db, redisUrl, queuePrefix })
  const [first, second] = [chat(anna), chat(boris)]
  for (const { say, press } of [first, second]) {
    await say('/config')
    await open(press, '🕘 Время', 'Отчёт ждёт данных, мин: 30', '✏️ Изменить')
  }
  expect(await first.say('45')).toContain('Сейчас: 45')
  const late = await second.say('60')
  expect(late).toContain('настройку уже изменили. Теперь там: 45')
  expect(await storedSettings.list(db)).toEqual([{ name: 'REPORT_WAIT_MINUTES', value: '45' }])
})

test('the greeting is the own text of the admins, with nothing of it taken for markup', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { chat, settings } = await start({ db, redisUrl, queuePrefix })
  const { say, press } = chat(anna)
  await say('/config')
  await open(press, '👋 Приветствие', 'Приветствие по-русски: не задано', '✏️ Изменить')
  const text = 'Рады видеть, {name}! <b>Склад</b> & Ко\nЗвоните: 8-800'
  expect(await say(text)).toContain('Сейчас: Рады видеть, {name}! <b>Склад</b> & Ко')
  await waitUntil(() => settings.current().greetings.ru === text, { what: 'the greeting' })
  const guest = chat(vera)
  const greeting = await guest.say('/start')
  expect(greeting).toMatch(/^Рады видеть, .+! <b>Склад<\/b> & Ко\nЗвоните: 8-800$/)
})

test('the offered times are those of the settings at once', async ({ db, redisUrl, queuePrefix }) => {
  const { chat, settings } = await start({ db, redisUrl, queuePrefix })
  const guest = chat(vera)
  await store(db, 'OFFERED_TIMES', '07:30, 12:00, 17:45')
  await waitUntil(() => settings.current().offeredTimes.length === 3, { what: 'the times' })
  await guest.say('/subscriptions')
  await guest.press('➕ Создать')
  await guest.say('Моя')
  await guest.say('MSKU6011672')
  await guest.press('Дальше →')
  expect(buttonsOf(guest.person)).toEqual([['07:30', '12:00', '17:45'], ['В 07:30 и в 17:45']])
  await guest.press('В 07:30 и в 17:45')
  // Which of them comes first depends on the time of the day.
  expect(await guest.press('✅ Сохранить')).toMatch(/07:30|17:45/)
})

test('a limit of a person counts at once', async ({ db, redisUrl, queuePrefix }) => {
  const { chat, settings } = await start({ db, redisUrl, queuePrefix })
  await store(db, 'LIMIT_QUESTIONS_PER_MINUTE', '2')
  await waitUntil(() => settings.current().limits.member.questionsPerMinute === 2, { what: 'the limit' })
  const guest = chat(vera)
  await guest.say('/help')
  await guest.say('/help')
  expect(await guest.say('/help')).toContain('не чаще 2 раз в минуту')
})

test('when a container stands is a matter of the settings', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition()])
  // An hour and a half after the last operation.
  const now = () => new Date('2025-09-02T05:00:00Z')
  const { chat, settings } = await start({ db, redisUrl, queuePrefix }, { now })
  const guest = chat(vera)
  expect(await guest.say('MSKU6011672')).toMatch(/^🚂 в пути/)
  await store(db, 'STANDING_AFTER_HOURS', '1')
  await waitUntil(() => settings.current().view.standingAfterMinutes === 60, { what: 'the threshold' })
  expect(await guest.say('MSKU6011672')).toMatch(/^⏸ стоит/)
})

test('what does not fit this release, and names of another, are shown', async ({ db, redisUrl, queuePrefix }) => {
  await store(db, 'STANDING_AFTER_HOURS', 'сутки')
  await store(db, 'SETTING_OF_NEXT_YEAR', '<1>')
  const { chat, settings } = await start({ db, redisUrl, queuePrefix })
  expect(settings.current().view.standingAfterMinutes).toBe(1_440)
  const { say, press } = chat(anna)
  const page = await say('/config')
  expect(page).toContain('больше не подходит, действует исходное: Контейнер стоит, ч')
  expect(page).toContain('другой версии, я их не трогаю: SETTING_OF_NEXT_YEAR')
  await press('📏 Пороги · ✏️ 1')
  const card = await press('⚠️ Контейнер стоит, ч: 24')
  expect(card).toContain('Сейчас: 24\n⚠️ Сохранено, но не подходит этой версии: сутки\nИсходное: 24')
  await press('↩️ Вернуть исходное')
  expect((await storedSettings.list(db)).map(({ name }) => name)).toEqual(['SETTING_OF_NEXT_YEAR'])
})

test('nobody but an admin sees the settings or changes one', async ({ db, redisUrl, queuePrefix }) => {
  const { chat } = await start({ db, redisUrl, queuePrefix })
  const guest = chat(vera)
  const reply = await guest.say('/config')
  expect(reply).not.toContain('Настройки бота')
  await store(db, 'STALE_AFTER_HOURS', '9')
  const shown = guest.person.messages().at(-1)!
  const press = await guest.person.pressData('v1:cfg-reset:STALE_AFTER_HOURS', shown)
  expect((await guest.person.waitForAnswer(press)).text).toContain('устарела')
  expect(await storedSettings.list(db)).toHaveLength(1)
})

test('the longest values stay within the limits of Telegram', async ({ db, redisUrl, queuePrefix }) => {
  const senders = Array.from({ length: 50 }, (_, n) => `${'a'.repeat(60)}${n}@b.example`).join(', ')
  await store(db, 'GREETING_RU', '<&"'.repeat(500))
  await store(db, 'DISLOCATION_SENDERS', senders.slice(0, 3_900).replace(/,[^,]*$/, ''))
  const { chat } = await start({ db, redisUrl, queuePrefix })
  const { say, press, person } = chat(anna)
  await say('/config')
  await open(press, '👋 Приветствие · ✏️ 1')
  await person.press(({ text }) => text.includes('по-русски'))
  expect((await person.waitForReply()).text).toContain('<&"')
  await press('✏️ Изменить')
  await press('‹ Назад')
  await press('‹ Назад')
  await press('‹ Назад')
  await press('📨 Отправители и файлы · ✏️ 1')
  await person.press(({ text }) => text.includes('дислокацию'))
  expect((await person.waitForReply()).text).toContain('aaaa')
})
