import { companies, type Db, people } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, test } from '@atermtrack/testkit'
import { boris, startTestBot } from '../../testing/start-test-bot.ts'

const stale = 'Кнопка устарела'

describe('a name of a company', () => {
  test('that is not valid is asked for again, until the admin answers or leaves the question', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin } = await start(place)
    await ask(admin, '/companies')
    await push(admin, '➕ Добавить компанию')
    expect(await ask(admin, 'я'.repeat(61))).toContain('от 1 до 60 знаков')
    await admin.sendDocument({ bytes: Buffer.from('x'), fileName: 'Ромашка.txt' })
    expect((await admin.waitForReply()).text).toContain('от 1 до 60 знаков')
    expect(await ask(admin, 'я'.repeat(60))).toContain('я'.repeat(60))

    await ask(admin, '/companies')
    await push(admin, '➕ Добавить компанию')
    expect(await ask(admin, 'Я'.repeat(60))).toContain('уже есть')
    expect(await ask(admin, '/cancel')).toContain('отменил')
    expect((await companies.list(db, all)).total).toBe(1)
  })

  test('cannot be that of another company, but can change its letter case', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    await companies.insert(db, 'Василёк')
    const { admin } = await startAt(place, 'Ромашка')
    await push(admin, '✏️ Переименовать')
    expect(await ask(admin, 'василёк')).toContain('уже есть')
    expect(await ask(admin, 'РОМАШКА')).toContain('РОМАШКА')
    expect(await auditOf(db)).toEqual(['company.renamed'])
  })

  test('with characters of markup is shown as it is', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin } = await start(place)
    await ask(admin, '/companies')
    await push(admin, '➕ Добавить компанию')
    expect(await ask(admin, '<b>R&D</b>')).toContain('🏢 <b>R&D</b>')
  })
})

describe('a change by another admin', () => {
  test('leaves only stale buttons for a removed company', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin, id } = await startAt(place, 'Ромашка')
    await companies.remove(db, id)
    for (const label of ['👥 Клиенты: 0', '👁 Сколько видит', '✏️ Переименовать', '🌐 Сделать общей', '🗑 Удалить'])
      expect([label, await toastOf(admin, label)]).toEqual([label, stale])
    expect(await auditOf(db)).toEqual([])
  })

  test('asks again before sharing more clients than the button said', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin, id } = await startAt(place, 'Ромашка')
    await companies.addClient(db, id, { inn: '2536000001', name: null })
    await push(admin, '🌐 Сделать общей')
    await companies.addClient(db, id, { inn: '2536000002', name: null })
    expect(await toastOf(admin, 'Да, показать всем: 1 клиент')).toContain('проверьте ещё раз')
    await admin.waitForReply()
    expect(await companies.find(db, id)).toMatchObject({ isShared: false })
    expect(await push(admin, 'Да, показать всем: 2 клиента')).toContain('видят люди всех компаний')
    expect(await push(admin, '🌐 Больше не общая')).not.toContain('видят люди всех компаний')
    expect(await auditOf(db)).toEqual(['company.shared', 'company.unshared'])
  })

  test('does not remove a client twice', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin, id } = await startAt(place, 'Ромашка')
    await companies.addClient(db, id, { inn: '2536000001', name: null })
    await ask(admin, '/companies')
    await push(admin, '🏢 Ромашка · 1 клиент · 0 человек')
    await push(admin, '👥 Клиенты: 1')
    await push(admin, '✖ ИНН 2536000001')
    const [client] = (await companies.listClients(db, id, all)).rows
    await companies.removeClient(db, id, client?.id ?? 0)
    expect(await toastOf(admin, 'Да, убрать')).toBe(stale)
    expect(await auditOf(db)).toEqual([])
  })

  test('stops an admin who has lost the role', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin, id } = await startAt(place, 'Ромашка', { adminChatIds: [] })
    await push(admin, '✏️ Переименовать')
    await people.grant(db, boris, 'operator')
    expect(await ask(admin, 'Василёк')).not.toContain('Василёк')
    expect(await companies.find(db, id)).toMatchObject({ name: 'Ромашка' })
    expect(await ask(admin, '/companies')).not.toContain('Ромашка')
  })
})

describe('a client', () => {
  test('that the company has already is not added again, and a text too long is refused', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin, id } = await startAt(place, 'Ромашка')
    await companies.addClient(db, id, { inn: null, name: 'Василёк' })
    await push(admin, '👥 Клиенты: 0')
    await push(admin, '➕ Добавить клиента')
    expect(await ask(admin, 'x'.repeat(201))).toContain('до 200 знаков')
    await ask(admin, 'ООО Василёк')
    expect(await toastOf(admin, '➕ Добавить как есть: ООО Василёк')).toContain('уже есть')
    expect((await companies.listClients(db, id, all)).total).toBe(1)
  })

  test('can be typed repeatedly, and the last text counts', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { admin, id } = await startAt(place, 'Ромашка')
    await push(admin, '👥 Клиенты: 0')
    await push(admin, '➕ Добавить клиента')
    await ask(admin, 'Вас')
    await ask(admin, 'Василёк')
    await push(admin, '➕ Добавить как есть: Василёк')
    expect((await companies.listClients(db, id, all)).rows).toMatchObject([{ name: 'Василёк', inn: null }])
  })
})

describe('a long list', () => {
  test('has pages, and a page that no longer exists shows the last one', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const ids: number[] = []
    for (let n = 1; n <= 6; n += 1) ids.push((await companies.insert(db, `Компания ${n}`))?.id ?? 0)
    const { admin } = await start(place)
    expect(await ask(admin, '/companies')).toContain('Компании: 6')
    await push(admin, '›')
    expect(buttonsOf(admin)).toContain('🏢 Компания 6 · 0 клиентов · 0 человек')
    await push(admin, '‹')
    await companies.remove(db, ids[5] ?? 0)
    expect(await push(admin, '›')).toContain('Компании: 5')
    expect(buttonsOf(admin)).not.toContain('1/1')
    expect(buttonsOf(admin)).toContain('🏢 Компания 5 · 0 клиентов · 0 человек')
  })

  test('is in the language of the admin', async ({ db, redisUrl, queuePrefix }) => {
    const place = { db, redisUrl, queuePrefix }
    const { sandbox } = await startTestBot({ ...place, adminChatIds: [3001] })
    const admin = sandbox.person({ id: 3001, name: 'Vera', languageCode: 'en' })
    expect(await ask(admin, '/companies')).toContain('No companies yet.')
    await push(admin, '➕ Add a company')
    expect(await ask(admin, 'Daisy')).toContain('add clients')
    expect(buttonsOf(admin)).toEqual(expect.arrayContaining(['👥 Clients: 0', '🗑 Remove']))
  })
})

const all = { offset: 0, limit: 100 }

interface Place {
  readonly db: Db
  readonly redisUrl: string
  readonly queuePrefix: string
}

async function start({ db, redisUrl, queuePrefix }: Place, { adminChatIds = [boris] } = {}) {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds })
  return { admin: sandbox.person(boris) }
}

/** Opens a new company as an admin. */
async function startAt(place: Place, name: string, options: { readonly adminChatIds?: number[] } = {}) {
  const company = await companies.insert(place.db, name)
  const profile = { telegramId: boris, firstName: 'Борис', lastName: null, username: null, language: 'ru' } as const
  await people.ensure(place.db, profile)
  await people.grant(place.db, boris, 'admin')
  const { admin } = await start(place, options)
  await ask(admin, '/companies')
  await push(admin, `🏢 ${name} · 0 клиентов · 0 человек`)
  return { admin, id: company?.id ?? 0 }
}

/** Sends a message; returns the text of the answer. */
async function ask(person: PersonHandle, text: string): Promise<string> {
  await person.say(text)
  return (await person.waitForReply()).text ?? ''
}

/** Presses a button; returns the text of the new or changed message. */
async function push(person: PersonHandle, button: string): Promise<string> {
  await person.press(button)
  return (await person.waitForReply()).text ?? ''
}

async function toastOf(person: PersonHandle, button: string): Promise<string> {
  return (await person.waitForAnswer(await person.press(button))).text
}

function buttonsOf(person: PersonHandle): readonly string[] {
  return (
    person
      .messages()
      .at(-1)
      ?.reply_markup?.inline_keyboard.flat()
      .map(({ text }) => text) ?? []
  )
}

async function auditOf(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom('audit').select('action').orderBy('id').execute()).map(({ action }) => action)
}
