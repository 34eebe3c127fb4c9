import { companies, type Db, groups, people, subscriptions } from '@atermtrack/data'
import { terminalId } from '../features/terminals/terminal-id.ts'
import type { AnyAction } from '../routing/action.ts'
import { aPosition, storePositions } from './a-position.ts'
import { storeTrain } from './store-train.ts'
import { aVisit, storeVisits } from './store-visits.ts'

const zone = 'Asia/Vladivostok'
const box = 'MSKU6011672'
const owner = 5001

/** All data of other people contain the word Тайна. */
export const secret = /тайн/i

/** The ids of what others have. */
export interface SecretIds {
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
export function dataOf({ action, parameters, data }: AnyAction, ids: SecretIds): string {
  const given: Readonly<Record<string, string | number | Date>> = {
    ...ids,
    container: box,
    trainCode: 'К25-073',
    terminal: terminalId('Тайный терминал'),
    role: 'operator',
    list: action === 'wb-open' ? 'files' : 1,
    filter: action === 'wb-list' || action === 'ledger' || action === 'pe-browse' ? 'all' : 'Sa',
    from: '22:00',
    until: '08:00',
    first: '09:00',
    second: '16:00',
    language: 'en',
    zone: 'Asia/Vladivostok',
    whose: 'all',
    shown: action === 'train-moved' ? 1 : 'any',
    how: 'hold',
    wish: 'monthly',
    month: '2026-10-01',
    part: 'route',
    field: fieldsOf[action] ?? 'wagon',
    subject: action === 'broadcast-subjects' ? 'client' : 'company',
    audience: 'everybody',
    command: 'people',
    column: action.startsWith('sub-column') ? 'client' : 1,
    direction: 'left',
    as: 'text',
    to: 'К25-074',
    preset: 'all',
    period: 'week',
    group: 'limits',
    name: 'STALE_AFTER_HOURS',
    removedAt: new Date(0),
    days: action === 'sub-days' ? 'all' : 1,
    time: '09:00',
    option: 'changes',
    kind: action.startsWith('export-') ? 'people' : 'arrived',
    timing: 'never',
    since: new Date(0),
    reason: 'shrunk',
    letIn: 'in',
    back: 'all',
    page: 0,
    clients: 1,
    people: 1,
  }
  const fields = Object.keys(parameters).filter((field) => field !== 'place')
  return data(Object.fromEntries(fields.map((field) => [field, given[field] ?? 1])) as never)
}

/** A company, its client's container at a terminal and in a train, its viewer who asks for access and has a list, and a file. */
export async function storeSecrets(db: Db): Promise<SecretIds> {
  const client = 'ООО Тайна'
  await storeVisits(db, [aVisit({ container: box, client, terminal: 'Тайный терминал', direction: 'Тайное' })])
  await storeTrain(db, { code: 'К25-073', destination: 'Тайная', entries: [{ container: box, client }] })
  await storePositions(db, [aPosition({ container: box, station: { name: 'ТАЙНАЯ', code: '940006' } })])
  const company = await companies.insert(db, 'Тайная компания')
  if (company === undefined) throw new Error('the company is there already')
  await companies.addClient(db, company.id, { inn: null, name: client })
  const { rows } = await companies.listClients(db, company.id, { offset: 0, limit: 1 })
  const [stored] = rows
  if (stored === undefined) throw new Error('the client was not stored')
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
  return { personId, companyId: company.id, clientId: stored.id, subscriptionId, workbookId, groupId: group.id }
}

export async function stateOfOthers(db: Db): Promise<readonly unknown[]> {
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
