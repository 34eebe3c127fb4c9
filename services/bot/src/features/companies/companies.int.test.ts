import { companies, type Db, people, peopleList } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'

const [own, foreign, nobodys] = ['MSKU6011672', 'CSQU3054383', 'TGHU3456389']

describe('an admin', () => {
  test('creates a company, adds clients by button and by hand, and sees the number of its containers', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storeWorld(db)
    const { admin } = await start({ db, redisUrl, queuePrefix })
    await admin.say('/companies')
    expect((await admin.waitForReply()).text).toContain('Компаний пока нет')
    await admin.press('➕ Добавить компанию')
    await admin.waitForReply()
    await admin.say('Экспедитор <1>')
    const company = await admin.waitForReply()
    expect(company.text).toContain('Экспедитор <1>')
    await admin.press('👁 Сколько видит')
    expect((await admin.waitForReply()).text).toContain('Видит 1 контейнер')

    await admin.press('👥 Клиенты: 0')
    await admin.waitForReply()
    await admin.press('➕ Добавить клиента')
    expect((await admin.waitForReply()).text).toContain('Нажмите на клиента из файлов')
    await admin.say('ромаш')
    expect((await admin.waitForReply()).text).toContain('По запросу ромаш в файлах нашлось: 1')
    const press = await admin.press('ООО «Ромашка» · ИНН 2536000001')
    expect(await admin.waitForAnswer(press)).toMatchObject({ text: 'Добавлен: ООО «Ромашка» · ИНН 2536000001' })
    expect((await admin.waitForReply()).text).toContain('Клиенты компании Экспедитор <1>: 1')

    await admin.press('➕ Добавить клиента')
    await admin.waitForReply()
    await admin.say('ИНН 536000009')
    await admin.waitForReply()
    await admin.press('➕ Добавить как есть: ИНН 536000009')
    const clients = await admin.waitForReply()
    expect(buttonsOf(clients)).toContain('✖ ИНН 0536000009')
    await admin.press('‹ Назад')
    await admin.waitForReply()
    await admin.press('👁 Сколько видит')
    expect((await admin.waitForReply()).text).toContain('Видит 2 контейнера')
    expect(await auditOf(db)).toEqual(['company.added', 'company.client_added', 'company.client_added'])
  })

  test('removes a client, renames, shares and removes a company in two steps', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { admin, companyId } = await startWithCompany({ db, redisUrl, queuePrefix })
    await admin.pressData(`v1:co-clients:${companyId}:0`, admin.messages().at(-1)!)
    await admin.waitForReply()
    await admin.press('✖ Ромашка · ИНН 2536000001')
    expect((await admin.waitForReply()).text).toContain('Убрать клиента Ромашка · ИНН 2536000001?')
    await admin.press('Да, убрать')
    expect((await admin.waitForReply()).text).toContain('пока нет клиентов')
    await admin.press('‹ Назад')
    await admin.waitForReply()
    await admin.press('✏️ Переименовать')
    await admin.waitForReply()
    await admin.say('Василёк')
    expect((await admin.waitForReply()).text).toContain('Василёк')
    await admin.press('🌐 Сделать общей')
    expect((await admin.waitForReply()).text).toContain('увидят люди всех компаний')
    await admin.press('Да, показать всем: 0 клиентов')
    expect((await admin.waitForReply()).text).toContain('видят люди всех компаний')
    await admin.press('🗑 Удалить')
    expect((await admin.waitForReply()).text).toContain('(1 человек) не будут видеть ничего')
    const stale = await admin.pressData(`v1:co-remove-yes:${companyId}:0`, admin.messages().at(-1)!)
    expect(await admin.waitForAnswer(stale)).toMatchObject({ text: expect.stringContaining('проверьте ещё раз') })
    await admin.press('Да, удалить: 1 человек')
    expect((await admin.waitForReply()).text).toContain('Компаний пока нет')
    expect(await companies.find(db, companyId)).toBeUndefined()
  })
})

test('a viewer sees own and shared containers, and a change applies at once', async ({ db, redisUrl, queuePrefix }) => {
  await storeWorld(db)
  const { admin, viewer, companyId } = await startWithCompany({ db, redisUrl, queuePrefix })
  const asksFor = async (number: string) => {
    await viewer.say(number)
    return (await viewer.waitForReply()).text ?? ''
  }
  expect(await asksFor(own)).toContain('A-Terminal')
  expect(await asksFor(nobodys)).toContain('Чита I')
  // The container of another company and an unknown number get the same answer.
  const unknown = (await asksFor('TEMU5243694')).replaceAll('TEMU5243694', '')
  expect((await asksFor(foreign)).replaceAll(foreign, '')).toBe(unknown)

  await admin.pressData(`v1:co-remove-yes:${companyId}:1`, admin.messages().at(-1)!)
  await admin.waitForReply()
  expect(await asksFor(own)).not.toContain('A-Terminal')
  await admin.say('/people')
  const list = await admin.waitForReply()
  await admin.press(buttonsOf(list).find((text) => text.startsWith('⚠️ '))!)
  expect((await admin.waitForReply()).text).toContain('Компания удалена: человек не видит ничего')
  await admin.press('🔑 Роль и компания')
  await admin.waitForReply()
  await admin.press('👁 Наблюдатель: выбрать компанию')
  await admin.waitForReply()
  await admin.press('Без компании: видит всё')
  expect((await admin.waitForReply()).text).toContain('без компании, видит всё')
  expect(await asksFor(foreign)).toContain('A-Terminal')
})

test('an admin withdraws the access of a person, and never changes their own rights', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { admin, viewer } = await startWithCompany({ db, redisUrl, queuePrefix })
  const me = await people.findByTelegramId(db, boris)
  await people.grant(db, boris, 'admin')
  const press = await admin.pressData(`v1:pe-dismiss-yes:${me!.id}`, admin.messages().at(-1)!)
  expect(await admin.waitForAnswer(press)).toMatchObject({ text: 'Свои права меняет другой администратор' })
  const { id } = (await people.findByTelegramId(db, anna))!
  await admin.pressData(`v1:pe-view:${id}`, admin.messages().at(-1)!)
  await admin.waitForReply()
  await admin.press('⛔ Закрыть доступ')
  await admin.waitForReply()
  await admin.press('Да, закрыть доступ')
  await admin.waitForReply()
  await viewer.say(own)
  expect((await viewer.waitForReply()).text).toContain('закрыл вам доступ')
  expect(await peopleList.find(db, id)).toMatchObject({ access: 'denied' })
})

type Fixtures = { readonly db: Db; readonly redisUrl: string; readonly queuePrefix: string }

async function start({ db, redisUrl, queuePrefix }: Fixtures) {
  const { sandbox } = await startTestBot({
    db,
    redisUrl,
    queuePrefix,
    accessMode: 'approval',
    adminChatIds: [boris],
    unnamed: 'visible',
  })
  const admin = sandbox.person(boris)
  await admin.say('/menu')
  await admin.waitForReply()
  return { sandbox, admin }
}

/** Anna is a viewer of a company whose client is Ромашка. */
async function startWithCompany(fixtures: Fixtures) {
  const { db } = fixtures
  const { sandbox, admin } = await start(fixtures)
  const company = await companies.insert(db, 'Экспедитор')
  await companies.addClient(db, company!.id, { inn: '2536000001', name: 'Ромашка' })
  const profile = { telegramId: anna, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const
  await people.ensure(db, profile)
  await people.grant(db, anna, 'viewer', company!.id)
  return { admin, viewer: sandbox.person(anna), companyId: company!.id }
}

async function storeWorld(db: Db): Promise<void> {
  await storeVisits(db, [
    aVisit({ container: own, client: 'ООО «Ромашка»', inn: '2536000001' }),
    aVisit({ container: foreign, client: 'АО Василёк', inn: '2536000002' }),
  ])
  await storePositions(db, [aPosition({ container: nobodys })])
}

async function auditOf(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom('audit').select('action').orderBy('id').execute()).map(({ action }) => action)
}

function buttonsOf(message: Awaited<ReturnType<PersonHandle['waitForReply']>>): readonly string[] {
  return message.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? []
}
