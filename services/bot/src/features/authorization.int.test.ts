import { companies, type Db, members, people, type Rights } from '@atermtrack/data'
import { actorOf, actors, everything, may, type Right } from '@atermtrack/domain'
import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { commandsOf } from '../routing/publish-commands.ts'
import { createRoutingTable, declaredActions } from '../routing/routing-table.ts'
import { letGroupIn } from '../testing/let-group-in.ts'
import { anna, boris, noProbes, openTo, startTestBot, usual, view } from '../testing/start-test-bot.ts'
import { composeFeatures } from './compose-features.ts'

const { features } = composeFeatures({
  policy: openTo([]),
  isEmailOn: true,
  scheduleZone: 'Asia/Vladivostok',
  view,
  ...usual,
  probes: noProbes,
})
const table = createRoutingTable(features)
const actions = [...declaredActions(features).keys()].map((name) => ({ name, right: table.findAction(name)!.right }))
const commands = commandsOf(features)

const refusals =
  /Кнопка устарела|только в личной переписке|Нет доступа|Доступ выдаёт администратор|Такой команды я не знаю/i

describe.each(['operator', 'company_viewer', 'stranger'] as const)('as %s', (actor) => {
  test('nothing that needs another right has an effect', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris], accessMode: 'approval' })
    const person = sandbox.person(anna)
    await person.say('/start')
    const message = await person.waitForReply()
    await assignRole(db, actor)
    const before = await countAll(db)
    const forbidden = actions.filter(({ right }) => !may(actor, right))
    expect(forbidden.length).toBeGreaterThan(40)
    await expectRefusals(person, message, forbidden)
    for (const { name } of commands.filter(({ right }) => !may(actor, right))) {
      await person.say(`/${name}`)
      expect({ name, answer: (await person.waitForReply()).text }).toMatchObject({
        name,
        answer: expect.stringMatching(refusals),
      })
    }
    await untilHandled(db)
    expect(await countAll(db)).toEqual(before)
  })
})

test('in a group nothing for private chats or for admins has an effect', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const person = sandbox.person(anna)
  const group = sandbox.group({ title: 'Склад', members: [anna] })
  await letGroupIn(db, group.id)
  await person.say('/help@atermtrack_bot', { chatId: group.id })
  const message = await person.waitForReply({ chatId: group.id })
  const before = await countAll(db)
  const forbidden = actions.filter(({ right }) => !may('group', right))
  await expectRefusals(person, message, forbidden)
  await untilHandled(db)
  expect(await countAll(db)).toEqual(before)
})

test('every command, button, dialog and file names a right that somebody in a chat has', () => {
  const named = new Set<Right>([...actions, ...commands].map(({ right }) => right))
  for (const right of named) {
    expect({ right, actors: actors.filter((actor) => actor !== 'command_line' && may(actor, right)) }).not.toEqual({
      right,
      actors: [],
    })
  }
  expect(actorOf({ kind: 'allowed', role: 'admin', scope: everything }, 'private')).toBe('admin')
})

/** Presses some at a time, since Telegram takes no answer to a press that is long ago. */
async function expectRefusals(
  person: PersonHandle,
  message: SeenMessage,
  forbidden: readonly { readonly name: string }[],
): Promise<void> {
  const atOnce = 10
  const wrong: { readonly name: string; readonly answer: string | undefined }[] = []
  for (let start = 0; start < forbidden.length; start += atOnce) {
    const answers = await Promise.all(
      forbidden.slice(start, start + atOnce).map(async ({ name }) => {
        const press = await person.pressData(`v1:${name}:1:1:1`, message)
        return { name, answer: (await person.waitForAnswer(press)).text }
      }),
    )
    wrong.push(...answers.filter(({ answer }) => answer === undefined || !refusals.test(answer)))
  }
  expect(wrong).toEqual([])
}

async function assignRole(db: Db, actor: 'operator' | 'viewer' | 'company_viewer' | 'stranger'): Promise<void> {
  if (actor === 'stranger') return
  const person = await people.findByTelegramId(db, anna)
  await db.updateTable('person').set({ access: 'granted' }).where('telegramId', '=', anna).execute()
  const company = actor === 'company_viewer' ? await companies.insert(db, 'Ромашка') : undefined
  const rights: Rights =
    actor === 'operator' ? { role: 'operator' } : { role: 'viewer', companyId: company?.id ?? null }
  await members.assign(db, person!.id, rights)
}

/** Counts the rows of all tables but those of the updates themselves: a refused press adds to no other. */
async function countAll(db: Db): Promise<Readonly<Record<string, number>>> {
  const own = new Set(['telegram_update', 'delivery', 'dialog', 'chat_usage'])
  const all = await db.introspection.getTables()
  const tables = all.filter(({ schema, name }) => schema === 'public' && !own.has(name)).map(({ name }) => name)
  const counts: Record<string, number> = {}
  for (const name of tables) {
    const { count } = await db
      .selectFrom(name as 'person')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    counts[name] = count
  }
  return counts
}

async function untilHandled(db: Db): Promise<void> {
  const open = () => db.selectFrom('telegramUpdate').select('seq').where('doneAt', 'is', null).execute()
  await waitUntil(async () => (await open()).length === 0, { what: 'all updates to be handled' })
}
