import { sql } from 'kysely'
import { type AccessPolicy, scopeKey } from '@atermtrack/domain'
import { describe, expect, openPolicy, readLedger, test } from '@atermtrack/testkit'
import * as companies from '../../companies/companies.ts'
import type { Db } from '../../platform/client.ts'
import * as deliveries from '../../deliveries/deliveries.ts'
import * as emailRecipients from '../../deliveries/email-recipients.ts'
import * as reportBatches from '../../reports/report-batches.ts'
import * as reports from '../../reports/reports.ts'
import { checkDelivery } from './delivery-access.ts'
import * as groups from './groups.ts'

const [anna, boris, group] = [1001, 1002, -500]
const approval: AccessPolicy = { ...openPolicy, mode: 'approval' }
const decided = new Date('2026-01-01T00:00:00Z')

describe('when it is claimed, what is for who may use the bot', () => {
  test.for<[string, Facts, AccessPolicy, boolean]>([
    ['leaves to who was let in', { access: 'granted' }, approval, true],
    ['does not leave to a stranger', {}, approval, false],
    ['leaves to a stranger where the bot is open', {}, openPolicy, true],
    ['leaves to an admin of the settings', {}, { ...approval, adminChatIds: [anna] }, true],
    ['does not leave to who was declined, also where the bot is open', { access: 'denied' }, openPolicy, false],
    ['does not leave to who asks', { access: 'requested' }, approval, false],
    ['does not leave to a former operator', { access: 'denied', role: 'operator' }, openPolicy, false],
  ])('%s', async ([, facts, policy, leaves], { db }) => {
    await aPerson(db, anna, facts)
    const { id } = await deliveries.insertMessage(db, { kind: 'answer', chatId: anna, text: 'x' })
    const claim = await deliveries.claim(db, id, { holder: 'me', policy })
    expect(claim.kind).toBe(leaves ? 'claimed' : 'done')
    expect(await statusOf(db, id)).toBe(leaves ? 'sending' : 'cancelled')
  })
})

describe('what is for admins', () => {
  test.for<[string, number, Facts, readonly number[], boolean]>([
    ['reaches who is named', anna, {}, [anna], true],
    ['does not reach who is named no more', anna, {}, [], false],
    ['does not reach who has only access', anna, { access: 'granted', role: 'operator' }, [], false],
    ['reaches who was made one', anna, { access: 'granted', role: 'admin' }, [], true],
    ['reaches a group of the settings', group, {}, [group], true],
    ['does not reach a group that is removed from them', group, {}, [], false],
  ])('%s', async ([, chatId, facts, adminChatIds, leaves], { db }) => {
    if (chatId > 0) await aPerson(db, chatId, facts)
    const { id } = await deliveries.insertMessage(db, { kind: 'alert', audience: 'admin', chatId, text: 'x' })
    expect(await checkDelivery(db, id, { ...openPolicy, adminChatIds })).toBe(leaves ? 'may_leave' : 'cancelled')
  })
})

test('a notice that anybody may read reaches who was declined', async ({ db }) => {
  await aPerson(db, anna, { access: 'denied' })
  const notice = { kind: 'alert', audience: 'anybody', chatId: anna, text: 'Отклонено' } as const
  const { id } = await deliveries.insertMessage(db, notice)
  expect(await deliveries.claim(db, id, { holder: 'me', policy: approval })).toMatchObject({ kind: 'claimed' })
})

test('a cancelled report is reported once, by every channel together, until access returns', async ({ db }) => {
  const personId = await aPerson(db, anna, { access: 'denied', role: 'operator' })
  for (const name of ['Первый', 'Второй']) {
    const { ids } = await aReport(db, personId, { name, builtFor: 'all' })
    for (const id of ids) await checkDelivery(db, id, openPolicy)
  }
  const rows = await readLedger(db)
  const notices = rows.filter(({ channel, status }) => channel === 'telegram' && status === 'pending')
  expect(notices).toMatchObject([{ text: expect.stringContaining('Не отправляю «Первый»') }])
  // The two copies for a fixed recipient wait.
  expect(rows.map(({ status }) => status).toSorted()).toEqual([
    ...Array(4).fill('cancelled'),
    ...Array(3).fill('pending'),
  ])
})

test('nothing is said of it to who cannot be reached, in a group or about a broadcast', async ({ db }) => {
  const personId = await aPerson(db, anna, { access: 'denied', unreachableSince: decided })
  await aReport(db, personId, { name: 'Отчёт', builtFor: 'all' })
  await aPerson(db, boris, { access: 'denied' })
  await deliveries.insertMessage(db, { kind: 'answer', chatId: group, text: 'x' })
  const { id: broadcastId } = await db
    .insertInto('broadcast')
    .values({ authorId: personId, chatId: anna, text: 'x', status: 'sending' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('delivery')
    .values({ channel: 'telegram', kind: 'broadcast', chatId: boris, broadcastId, text: 'x' })
    .execute()
  const rows = await db.selectFrom('delivery').select('id').where('audience', '=', 'member').execute()
  for (const { id } of rows) expect(await checkDelivery(db, id, approval)).toBe('cancelled')
  expect(await db.selectFrom('delivery').select('id').where('status', '=', 'pending').execute()).toHaveLength(1)
})

describe('a report that was built for another scope', () => {
  test.for<[string, (db: Db, personId: number) => Promise<unknown>]>([
    [
      'whose reader belongs to another company now',
      async (db, id) => {
        const other = await companies.insert(db, 'Василёк')
        await db.updateTable('person').set({ companyId: other!.id }).where('id', '=', id).execute()
      },
    ],
    ['whose company is removed', async (db) => db.updateTable('company').set({ deletedAt: decided }).execute()],
    [
      'whose reader works for everybody now',
      async (db, id) => db.updateTable('person').set({ role: 'operator' }).where('id', '=', id).execute(),
    ],
  ])('is built again and never sent: %s', async ([, change], { db }) => {
    const company = await companies.insert(db, 'Ромашка')
    const personId = await aPerson(db, anna, { access: 'granted', role: 'viewer', companyId: company!.id })
    const builtFor = scopeKey({ kind: 'company', companyId: company!.id })
    const { reportId, ids } = await aReport(db, personId, { name: 'Отчёт', builtFor })
    expect(await checkDelivery(db, ids[0]!, approval)).toBe('may_leave')
    await change(db, personId)
    expect(await deliveries.claim(db, ids[0]!, { holder: 'me', policy: approval })).toMatchObject({ kind: 'done' })
    expect(await db.selectFrom('delivery').select('id').execute()).toEqual([])
    expect(await db.selectFrom('report').select(['status', 'content', 'telegramFileId']).execute()).toEqual([
      { status: 'pending', content: null, telegramFileId: null },
    ])
    expect(await reports.beginBuilding(db, reportId)).toMatchObject({ id: reportId })
  })

  test('is built again when a setting hides a part of it', async ({ db }) => {
    const company = await companies.insert(db, 'Ромашка')
    const personId = await aPerson(db, anna, { access: 'granted', role: 'viewer', companyId: company!.id })
    const builtFor = scopeKey({ kind: 'company', companyId: company!.id, seesUnnamed: true })
    const { ids } = await aReport(db, personId, { name: 'Отчёт', builtFor })
    expect(await checkDelivery(db, ids[0]!, { ...approval, unnamed: 'visible' })).toBe('may_leave')
    expect(await checkDelivery(db, ids[0]!, approval)).toBe('gone')
  })

  test('of an earlier release leaves only to readers who see everything', async ({ db }) => {
    const company = await companies.insert(db, 'Ромашка')
    const personId = await aPerson(db, anna, { access: 'granted', role: 'viewer', companyId: company!.id })
    const { reportId, ids } = await aReport(db, personId, { name: 'Отчёт', builtFor: 'all' })
    await db.updateTable('report').set({ builtFor: null }).where('id', '=', reportId).execute()
    expect(await checkDelivery(db, ids[0]!, { ...approval, adminChatIds: [anna] })).toBe('may_leave')
    expect(await checkDelivery(db, ids[0]!, approval)).toBe('gone')
  })

  test('follows the scope of its group, no matter who asked for it', async ({ db }) => {
    const personId = await aPerson(db, anna, { access: 'granted', role: 'admin' })
    const { id: groupId } = await groups.upsert(db, { chatId: group, title: 'Склад', addedBy: personId })
    const letIn = async (companyId: number | null) =>
      groups.decide(db, groupId, { status: 'allowed', companyId, decidedBy: personId })
    await letIn(null)
    const { ids } = await aReport(db, personId, { name: 'Отчёт', builtFor: 'all', chatId: group })
    expect(await checkDelivery(db, ids[0]!, approval)).toBe('may_leave')
    const company = await companies.insert(db, 'Ромашка')
    await letIn(company!.id)
    expect(await checkDelivery(db, ids[0]!, approval)).toBe('gone')
    await groups.decide(db, groupId, { status: 'declined', companyId: null, decidedBy: personId })
    const { id } = await deliveries.insertMessage(db, { kind: 'answer', chatId: group, text: 'x' })
    expect(await checkDelivery(db, id, approval)).toBe('cancelled')
  })
})

test('a report is not built again while it leaves by another channel', async ({ db }) => {
  const personId = await aPerson(db, anna, { access: 'granted', role: 'operator' })
  const { ids } = await aReport(db, personId, { name: 'Отчёт', builtFor: 'nothing' })
  await db.updateTable('delivery').set({ status: 'sending', sendingAt: new Date() }).where('id', '=', ids[1]!).execute()
  const claim = () => deliveries.claim(db, ids[0]!, { holder: 'me', policy: approval })
  expect(await claim()).toMatchObject({ kind: 'not_before' })
  expect(await db.selectFrom('report').select(['status', 'content']).execute()).toEqual([
    { status: 'built', content: Buffer.from('x') },
  ])
  await db.updateTable('delivery').set({ status: 'sent' }).where('id', '=', ids[1]!).execute()
  expect(await claim()).toEqual({ kind: 'done', status: 'gone' })
})

describe('an answer that waits in the ledger', () => {
  const ofCompany: Facts = { access: 'granted', role: 'viewer' }
  test.for<[string, deliveries.AnswerReader, Facts, boolean]>([
    ['leaves to who sees the same', { audience: 'member', builtFor: 'all' }, ofCompany, true],
    ['does not leave to who sees something else', { audience: 'member', builtFor: 'company:77' }, ofCompany, false],
    ['of an admin leaves', { audience: 'admin', builtFor: 'all' }, { access: 'granted', role: 'admin' }, true],
    ['of an admin does not leave to who is none now', { audience: 'admin', builtFor: 'all' }, ofCompany, false],
  ])('%s, who may ask again', async ([, reader, facts, leaves], { db }) => {
    await aPerson(db, anna, facts)
    const ids = [await anAnswer(db, reader), await anAnswer(db, reader)]
    for (const id of ids) expect(await checkDelivery(db, id, approval)).toBe(leaves ? 'may_leave' : 'cancelled')
    const notices = (await readLedger(db)).filter(({ kind }) => kind === 'alert')
    const notice = { text: expect.stringContaining('Спросите, пожалуйста, ещё раз'), audience: 'anybody' }
    expect(notices).toMatchObject(leaves ? [] : [notice])
  })

  test('that everybody may read leaves to who has no access', async ({ db }) => {
    await aPerson(db, anna, { access: 'denied' })
    const id = await anAnswer(db, { audience: 'anybody', builtFor: undefined })
    expect(await checkDelivery(db, id, approval)).toBe('may_leave')
  })
})

test('a fixed e-mail recipient gets the copy of a report whose reader has lost access', async ({ db }) => {
  const personId = await aPerson(db, anna, { access: 'denied' })
  const { ids } = await aReport(db, personId, { name: 'Отчёт', builtFor: 'all' })
  const claims = []
  for (const id of ids) claims.push({ id, claim: await deliveries.claim(db, id, { holder: 'me', policy: approval }) })
  const claimed = claims.filter(({ claim }) => claim.kind === 'claimed')
  expect(claimed).toHaveLength(1)
  expect(await emailRecipients.prepare(db, claimed[0]!.id, { domain: 'aterm.test' })).toMatchObject({
    address: 'copy@example.test',
  })
})

type Facts = Partial<{
  readonly access: 'none' | 'requested' | 'granted' | 'denied'
  readonly role: 'admin' | 'operator' | 'viewer'
  readonly companyId: number
  readonly unreachableSince: Date
}>

async function aPerson(db: Db, telegramId: number, facts: Facts): Promise<number> {
  const accessDecidedAt = facts.access === 'granted' || facts.access === 'denied' ? decided : null
  const { id } = await db
    .insertInto('person')
    .values({ telegramId, firstName: 'Анна', accessDecidedAt, ...facts })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A built report of a slot, for Telegram, a proved address and a fixed recipient; or for a group. */
async function aReport(
  db: Db,
  personId: number,
  { name, builtFor, chatId = anna }: { readonly name: string; readonly builtFor: string; readonly chatId?: number },
) {
  const { id: reportId } = await db
    .insertInto('report')
    .values({ kind: 'slot', personId, chatId, name, containers: [], plannedAt: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
  const content = Buffer.from('x')
  const file = { fileName: 'x.xlsx', content, rowCount: 1, missing: [], asOf: undefined, builtFor }
  await reportBatches.finish(db, [{ ...file, id: reportId }])
  const { id: emailAddressId } = await db
    .insertInto('emailAddress')
    .values({ personId, address: 'anna@example.test', verifiedAt: new Date() })
    .onConflict((conflict) =>
      conflict.expression(sql`person_id, lower(address)`).doUpdateSet({ verifiedAt: new Date() }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const email = { emailAddressIds: [emailAddressId], subject: name, emailText: 'x', copies: ['copy@example.test'] }
  const addressed = { reportId, kind: 'report', personId, chatId, text: name, ...(chatId > 0 && email) } as const
  const rows = await deliveries.insertForReport(db, addressed)
  return { reportId, ids: rows.map(({ id }) => id).toSorted((a, b) => a - b) }
}

let lastUpdateId = 0

async function anAnswer(db: Db, reader: deliveries.AnswerReader): Promise<number> {
  const message = { chatId: anna, threadId: undefined, text: 'x', markup: undefined, editsMessageId: undefined }
  const answer = { ...message, status: 'pending', error: undefined, errorCode: undefined } as const
  const update = { updateId: (lastUpdateId += 1), askedBy: anna, askedAt: undefined, ...reader }
  const [row] = await deliveries.insertAnswers(db, update, [answer])
  return row!.id
}

async function statusOf(db: Db, id: number): Promise<string | undefined> {
  return (await db.selectFrom('delivery').select('status').where('id', '=', id).executeTakeFirst())?.status
}
