import { companies, type Db, groups, people, subscriptions } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import type { AnyAction } from '../../routing/action.ts'
import { parseCallbackData } from '../../routing/callback-data.ts'
import { declaredActions } from '../../routing/routing-table.ts'
import { composeFeatures } from '../compose-features.ts'
import { terminalId } from '../terminals/named-terminals.ts'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, noProbes, openTo, startTestBot, view } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'

const zone = 'Asia/Vladivostok'
const box = 'MSKU6011672'
const owner = 5001

/** All data of other people contain the word Тайна. */
const secret = /тайн/i

test.for([
  ['a stranger', undefined],
  ['a viewer of another company', 'viewer'],
] as const)(
  'no button gives %s data of others or changes anything of theirs',
  async ([, role], { db, redisUrl, queuePrefix }) => {
    const policy = openTo([boris], { mode: 'approval' })
    const { sandbox } = await startTestBot({
      db,
      redisUrl,
      queuePrefix,
      accessMode: 'approval',
      adminChatIds: [boris],
    })
    const ids = await storeSecrets(db)
    const other = await companies.insert(db, 'Василёк')
    const person = sandbox.person(anna)
    await person.say('/start')
    const message = await person.waitForReply()
    const profile = { telegramId: anna, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const
    const letIn = async () => {
      await people.ensure(db, profile)
      if (role) await people.grant(db, anna, role, other!.id)
    }
    await letIn()
    const before = await stateOfOthers(db)
    const { features } = composeFeatures({ policy, isEmailOn: true, scheduleZone: zone, view, probes: noProbes })
    const actions = declaredActions(features)
    expect(actions.size).toBeGreaterThan(100)
    for (const action of actions.values()) {
      const data = dataOf(action, ids)
      // The handler must refuse the press, not the parser of the data.
      expect([data, action.parse(parseCallbackData(data)?.parts ?? [])]).not.toEqual([data, undefined])
      const { text } = await person.waitForAnswer(await person.pressData(data, message))
      expect(`${data}: ${text}`).not.toMatch(secret)
      // Actions on their own data, such as a request for access or an erasure, must not stop the test.
      await letIn()
    }
    await person.say('/menu')
    await person.waitForReply()
    expect(person.messages().filter(({ text, caption }) => secret.test(`${text} ${caption}`))).toEqual([])
    expect(await stateOfOthers(db)).toEqual(before)
  },
)

interface SecretIds {
  readonly personId: number
  readonly companyId: number
  readonly clientId: number
  readonly subscriptionId: number
  readonly workbookId: number
  readonly groupId: number
}

/** Actions about a field of something else than a report. */
const fieldsOf: Readonly<Record<string, string>> = {
  'sub-type': 'name',
  'ml-field': 'addresses',
  'ml-empty': 'addresses',
}

/** The data of a button about somebody else's data. */
function dataOf({ action, parameters, data }: AnyAction, ids: SecretIds): string {
  const given: Readonly<Record<string, string | number | Date>> = {
    ...ids,
    container: box,
    trainCode: 'К25-073',
    terminal: terminalId('Тайный терминал'),
    role: 'operator',
    list: action === 'wb-open' ? 'files' : 1,
    filter: action === 'wb-list' || action === 'ledger' ? 'all' : 'Sa',
    from: '22:00',
    until: '08:00',
    first: '09:00',
    second: '16:00',
    language: 'en',
    zone: 'Asia/Vladivostok',
    whose: 'all',
    shown: 'any',
    how: 'hold',
    wish: 'monthly',
    month: '2026-10-01',
    part: 'route',
    field: fieldsOf[action] ?? 'wagon',
    subject: action === 'broadcast-subjects' ? 'client' : 'company',
    audience: 'everybody',
    command: 'people',
    column: action === 'sub-column' ? 'client' : 1,
    preset: 'all',
    period: 'week',
    removedAt: new Date(0),
    days: action === 'sub-days' ? 'all' : 1,
    time: '09:00',
    option: 'changes',
    kind: action.startsWith('export-') ? 'people' : 'arrived',
    timing: 'never',
    since: new Date(0),
    reason: 'shrunk',
    page: 0,
    clients: 1,
    people: 1,
  }
  const fields = Object.keys(parameters).filter((field) => field !== 'place')
  return data(Object.fromEntries(fields.map((field) => [field, given[field] ?? 1])) as never)
}

/** A company, its client's container at a terminal and in a train, its viewer who asks for access and has a list, and a file. */
async function storeSecrets(db: Db): Promise<SecretIds> {
  const client = 'ООО Тайна'
  await storeVisits(db, [aVisit({ container: box, client, terminal: 'Тайный терминал', direction: 'Тайное' })])
  await storeTrain(db, { code: 'К25-073', destination: 'Тайная', entries: [{ container: box, client }] })
  await storePositions(db, [aPosition({ container: box, station: { name: 'ТАЙНАЯ', code: '940006' } })])
  const company = await companies.insert(db, 'Тайная компания')
  await companies.addClient(db, company!.id, { inn: null, name: client })
  const { rows } = await companies.listClients(db, company!.id, { offset: 0, limit: 1 })
  const profile = { telegramId: owner, firstName: 'Тайна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  await people.requestAccess(db, personId, 'Тайна')
  const { id: subscriptionId } = await subscriptions.insert(db, {
    personId,
    name: 'Тайный список',
    items: [{ container: box }],
    slots: ['09:00'],
    zone,
    nextDueAt: new Date('2030-01-01T00:00:00Z'),
    createdUpdateId: 1,
  })
  await db.updateTable('workbook').set({ fileName: 'тайна.xlsx', subject: 'Тайна' }).execute()
  const { id: workbookId } = await db.selectFrom('workbook').select('id').limit(1).executeTakeFirstOrThrow()
  const group = await groups.upsert(db, { chatId: -900, title: 'Тайная группа', addedBy: personId })
  return { personId, companyId: company!.id, clientId: rows[0]!.id, subscriptionId, workbookId, groupId: group.id }
}

async function stateOfOthers(db: Db): Promise<readonly unknown[]> {
  const { id, ...names } = await db
    .selectFrom('person')
    .selectAll()
    .where('telegramId', '=', owner)
    .executeTakeFirstOrThrow()
  return [
    names,
    await db.selectFrom('company').selectAll().orderBy('id').execute(),
    await db.selectFrom('companyClient').selectAll().orderBy('id').execute(),
    await db.selectFrom('subscription').selectAll().where('personId', '=', id).execute(),
    await db.selectFrom('report').selectAll().where('personId', '=', id).execute(),
    await db.selectFrom('workbook').select(['id', 'status', 'reason', 'profileId']).orderBy('id').execute(),
    await db.selectFrom('train').selectAll().execute(),
    await db.selectFrom('chatGroup').selectAll().execute(),
    await db.selectFrom('broadcast').selectAll().execute(),
  ]
}
