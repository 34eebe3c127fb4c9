import { accessOf } from '@atermtrack/domain'
import { describe, expect, openPolicy, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as accessWaits from './access-waits.ts'
import * as broadcasts from '../broadcasts/broadcasts.ts'
import type { Db } from '../platform/client.ts'
import * as deliveries from '../deliveries/deliveries.ts'
import * as people from './people.ts'
import * as personalData from './personal-data/personal-data.ts'
import { columnsOf, dump } from './read-tables.test-helper.ts'

const anna = 777_000_111
const boris = 777_000_222
const secrets = ['Анна', 'Петрова', 'anna_p', 'anna@example.com', 'логист из «Ромашки»', 'MSKU6011672', 'Мой список']

describe('what is stored of a person', () => {
  test('is collected whole, and nobody else is in it', async ({ db }) => {
    const { id } = await aKnownPerson(db)
    await aPerson(db, { telegramId: boris, firstName: 'Борис' })
    const text = JSON.stringify(await personalData.collect(db, id))
    expect(text).toContain('Шаблон anna_p.xlsx')
    expect(text).toContain('Где груз Петровой?')
    for (const secret of secrets) expect(text).toContain(secret.replaceAll('"', '\\"'))
    expect(text).not.toContain('Борис')
    expect(await personalData.count(db, id)).toEqual({
      subscriptions: 1,
      questions: 1,
      reports: 2,
      deliveries: 4,
      documents: 1,
      messages: 4,
      emailAddresses: 1,
      actions: 1,
    })
  })

  test('covers every place of the schema that points at a person or a chat', async ({ db }) => {
    const { rows } = await sql<{ place: string }>`
      select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and (column_name ~ '(^|_)chat_id$' or column_name = 'person_id')
      union
      select conrelid::regclass || '.' || attname from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = any(conkey)
      where contype = 'f' and confrelid = 'person'::regclass
      order by place`.execute(db)
    // A new one belongs to a place of the list, which says what a person takes along of it and what an erasure does.
    const known = personalData.personalPlaces.flatMap(({ columns }) => columns)
    expect(rows.map(({ place }) => place)).toEqual(known.toSorted((a, b) => (a < b ? -1 : 1)))
  })

  test('is known column by column', async ({ db }) => {
    // A new one is shown in its place of `personal-data`, unless it is of no use to anybody.
    expect(await columnsOf(db, 'person')).toBe(
      'access access_about access_decided_at access_decided_by access_requested_at chosen_language commands_shown ' +
        'company_id created_at erased_at first_name hidden_card_parts holds_alerts id language last_name no_access_told_at quiet_from quiet_until role ' +
        'telegram_id unreachable_reason unreachable_since username zone',
    )
    expect(await columnsOf(db, 'lookup')).toBe(
      'containers created_at found id mistyped person_id update_id wagons waybills',
    )
    expect(await columnsOf(db, 'subscription')).toBe(
      'columns company_id created_at created_update_id deleted_at digest_slots event_kinds event_timing id is_watch_list ' +
        'leaves_after_days name next_due_at only_changes paused_at paused_until person_id reports_empty row_order shows_picture ' +
        'slots subject subject_text weekdays zone',
    )
    expect(await columnsOf(db, 'subscription_item')).toBe(
      'added_at container left_at left_trip_id note order_number place subscription_id',
    )
    expect(await columnsOf(db, 'incoming_document')).toBe(
      'attempts chat_id created_at declared enqueued_at file_id file_name id person_id purpose reason report_id sent_at status template_of trace update_id workbook_id',
    )
  })
})

describe('erasing a person', () => {
  test('leaves nothing that identifies the person', async ({ db }) => {
    const { id } = await aKnownPerson(db)
    await erase(db, id)
    const everything = await dump(db)
    expect(await db.selectFrom('blob').select('sha256').execute()).toEqual([])
    for (const secret of [...secrets, `${anna}`]) expect(everything).not.toContain(secret)
    expect(await people.findByTelegramId(db, anna)).toBeUndefined()
    expect(await people.list(db)).toEqual([])
    expect(await broadcasts.countAudience(db, broadcasts.everybody, openPolicy)).toBe(0)
    const actions = await db.selectFrom('audit').select(['actorId', 'action']).orderBy('id').execute()
    expect(actions).toEqual([
      { actorId: id, action: 'access.granted' },
      { actorId: id, action: 'person.erased' },
    ])
  })

  test('touches nobody else', async ({ db }) => {
    const { id } = await aKnownPerson(db)
    const other = await aKnownPerson(db, { telegramId: boris, firstName: 'Борис' })
    const before = await personalData.collect(db, other.id)
    await erase(db, id)
    expect(await personalData.collect(db, other.id)).toEqual(before)
  })

  test('cancels what waits, and lets what is being sent come to its end', async ({ db }) => {
    const { id } = await aKnownPerson(db)
    const chat = { kind: 'alert', chatId: anna, text: 'Анна' } as const
    const [first, second] = [await deliveries.insertMessage(db, chat), await deliveries.insertMessage(db, chat)]
    const claim = await deliveries.claim(db, first.id, { holder: 'test', policy: openPolicy })
    expect(claim.kind).toBe('claimed')
    await erase(db, id)
    expect(await deliveries.recordOutcome(db, first.id, { status: 'sent', messageId: 5 }, { holder: 'test' })).toBe(
      true,
    )
    const rows = db.selectFrom('delivery').select(['id', 'status', 'text']).where('id', 'in', [first.id, second.id])
    expect(await rows.orderBy('id').execute()).toEqual([
      { id: first.id, status: 'sent', text: null },
      { id: second.id, status: 'cancelled', text: null },
    ])
  })

  test('closes what they sent meanwhile, and who writes again is somebody new', async ({ db }) => {
    const { id } = await aKnownPerson(db)
    await sql`insert into telegram_update (update_id, chat_id, payload) values (90, ${anna}, '{}'), (91, ${anna}, '{}')`.execute(
      db,
    )
    await db.transaction().execute((tx) => personalData.erase(tx, id, { updateId: 90 }))
    const open = await db.selectFrom('telegramUpdate').select('updateId').where('doneAt', 'is', null).execute()
    expect(open).toEqual([{ updateId: 90 }])
    const again = await aPerson(db, { telegramId: anna })
    expect(again).toMatchObject({ access: 'none', role: null, companyId: null })
    expect(again.id).not.toBe(id)
  })
})

test('neither counting nor erasing reads through updates, deliveries or reports of all', async ({ db }) => {
  const { id } = await aKnownPerson(db)
  await db.transaction().execute(async (tx) => {
    // PostgreSQL reads a small table as a whole; with this setting only where no index serves.
    await sql`set local enable_seqscan = off`.execute(tx)
    await personalData.count(tx, id)
    await personalData.collect(tx, id)
    await personalData.erase(tx, id, { updateId: 0 })
    const { rows } = await sql`select relname, seq_scan from pg_stat_xact_user_tables
      where relname in ('telegram_update', 'delivery', 'report') order by relname`.execute(tx)
    expect(rows).toEqual(['delivery', 'report', 'telegram_update'].map((relname) => ({ relname, seqScan: 0 })))
  })
})

describe('who has to wait before they ask for access', () => {
  test('waits on after erasing, and is declined on for a year', async ({ db }) => {
    const denied = await aPerson(db)
    await people.requestAccess(db, denied.id, undefined)
    await people.turnDown(db, denied.id, { decidedBy: denied.id })
    const { accessDecidedAt } = await people.get(db, denied.id)
    await erase(db, denied.id)
    const again = await aPerson(db)
    expect(again).toMatchObject({ access: 'denied', accessDecidedAt, firstName: 'Анна' })
    expect(await people.requestAccess(db, again.id, undefined)).toBe(false)
    const pass = async (time: string) =>
      db
        .updateTable('accessWait')
        .set({ since: sql`since - ${time}::interval` })
        .execute()
    await erase(db, again.id)
    await pass('24 hours')
    // Asking again, and erasing that, makes nobody a stranger whom an open bot lets in.
    const third = await aPerson(db)
    expect(third).toMatchObject({ access: 'denied' })
    expect(await people.requestAccess(db, third.id, undefined)).toBe(true)
    expect(accessWaits.keptOf(await people.get(db, third.id), new Date())).toMatchObject({ access: 'denied' })
    await erase(db, third.id)
    const fourth = await aPerson(db)
    expect(accessOf(fourth, openPolicy).kind).toBe('declined')
    expect(await accessWaits.deleteOver(db, { limit: 10 })).toBe(0)
    await erase(db, fourth.id)
    await pass('365 days')
    expect(await aPerson(db)).toMatchObject({ access: 'none', accessDecidedAt: null })
    expect(await accessWaits.deleteOver(db, { limit: 10 })).toBe(1)
    expect(await db.selectFrom('accessWait').selectAll().execute()).toEqual([])
  })

  test('is free again once they were let in', async ({ db }) => {
    const { id } = await aPerson(db)
    await people.requestAccess(db, id, undefined)
    await erase(db, id)
    const again = await aPerson(db)
    expect(again).toMatchObject({ access: 'none', accessRequestedAt: expect.any(Date) })
    expect(await people.requestAccess(db, again.id, undefined)).toBe(false)
    await people.grant(db, anna, 'viewer')
    await erase(db, again.id)
    expect(await people.requestAccess(db, (await aPerson(db)).id, undefined)).toBe(true)
  })
})

async function erase(db: Db, personId: number): Promise<void> {
  await db.transaction().execute((tx) => personalData.erase(tx, personId, { updateId: 0 }))
}

async function aPerson(db: Db, { telegramId = anna, firstName = 'Анна' } = {}): Promise<people.Person> {
  const profile = { telegramId, firstName, lastName: 'Петрова', username: 'anna_p', language: 'ru' } as const
  return people.ensure(db, profile)
}

/** Somebody with a trace in every place. */
async function aKnownPerson(db: Db, who: { readonly telegramId?: number; readonly firstName?: string } = {}) {
  const person = await aPerson(db, who)
  const { id, telegramId } = person
  const update = (n: number) => id * 10 + n
  await sql`update person set access_about = 'логист из «Ромашки»', role = 'viewer', access = 'granted' where id = ${id}`.execute(
    db,
  )
  await sql`insert into lookup (person_id, containers, found) values (${id}, '{MSKU6011672}', 1)`.execute(db)
  await sql`insert into not_understood (person_id, update_id, text) values (${id}, ${update(7)}, 'Где груз Петровой?')`.execute(
    db,
  )
  await sql`insert into person_day (day, person_id) values (current_date, ${id})`.execute(db)
  await sql`insert into dialog (chat_id, person_id, state, update_id, expires_at)
    values (${telegramId}, ${id}, '{"name": "Мой список"}', 1, now())`.execute(db)
  await sql`insert into email_address (person_id, address) values (${id}, 'anna@example.com')`.execute(db)
  await sql`insert into subscription (person_id, name, slots, zone, next_due_at, subject_text)
    values (${id}, 'Мой список', '{09:00}', 'Asia/Omsk', now(), 'Мой клиент')`.execute(db)
  await sql`insert into subscription_item (subscription_id, container, place, note)
    select id, 'MSKU6011672', 1, 'заказ для Анны' from subscription where person_id = ${id}`.execute(db)
  await sql`insert into subscription_target (subscription_id, person_id)
    select id, ${id} from subscription where person_id = ${id}`.execute(db)
  await sql`insert into subscription_draft (person_id, state) values (${id}, '{"name": "Мой список"}')`.execute(db)
  await sql`insert into incoming_document (update_id, person_id, chat_id, file_id, file_name, sent_at)
    values (${update(1)}, ${id}, ${telegramId}, 'file of Анна', 'Анна.xlsx', now())`.execute(db)
  await sql`insert into report (kind, person_id, chat_id, subscription_id, name, containers, planned_at, file_name, content)
    select 'slot', ${id}, ${telegramId}, id, 'Мой список', '{MSKU6011672}', now(), 'Мой список.xlsx', 'Анна'
    from subscription where person_id = ${id}`.execute(db)
  const source = Buffer.from(`hash of ${id}`)
  await sql`insert into blob (sha256, content) values (${source}, 'Анна')`.execute(db)
  await sql`insert into report (kind, person_id, chat_id, name, containers, planned_at, source_sha256)
    values ('annotated', ${id}, ${telegramId}, 'Мой список.xlsx', '{}', now(), ${source})`.execute(db)
  const template = Buffer.from(`template of ${id}`)
  await sql`insert into blob (sha256, content) values (${template}, 'Анна')`.execute(db)
  await sql`insert into subscription_template (subscription_id, source_sha256, file_name)
    select id, ${template}, 'Шаблон anna_p.xlsx' from subscription where person_id = ${id}`.execute(db)
  await sql`insert into delivery (channel, kind, person_id, chat_id, email_address_id, report_id, text, status)
    select 'telegram'::delivery_channel, 'report'::delivery_kind, ${id}::bigint, ${telegramId}::bigint, null::bigint, id, 'Мой список', 'sent'::delivery_status
      from report where person_id = ${id} and kind = 'slot'
    union all select 'email', 'report', ${id}, null, id, null, 'anna@example.com', 'sent' from email_address where person_id = ${id}
    union all select 'telegram', 'alert', null, ${telegramId}, null, null, 'Анна', 'pending'
    union all select 'telegram', 'broadcast', ${id}, ${telegramId}, null, null, 'Анна', 'failed'
    union all select 'telegram', 'alert', null, 500, null, null,
      ${`Анна Петрова (@anna_p), id <code>${telegramId}</code>`}, 'sent'`.execute(db)
  const request = { kind: 'access_requested', params: { person: { telegramId, firstName: 'Анна' } } }
  await deliveries.insertMessage(db, { kind: 'alert', chatId: 500, notice: request })
  await sql`insert into broadcast (author_id, chat_id, text) values (${id}, ${telegramId}, 'Анна')`.execute(db)
  await sql`with message as (
      insert into alert (person_id, chat_id, form, topic, open_until) values (${id}, ${telegramId}, 'like', 'x', now()) returning id
    )
    insert into alert_event (chat_id, event_id, alert_id, subscription_id) select ${telegramId}, 1, id, 1 from message`.execute(
    db,
  )
  await sql`insert into attention_mark (circle, container, taken_by, note, note_by)
    values (${id}, 'CSQU3054383', ${id}, 'Анна звонила', ${id})`.execute(db)
  await sql`insert into chat_pace (chat_id, next_at) values (${telegramId}, now())`.execute(db)
  await sql`insert into chat_usage (chat_id, questions, files, bytes) values (${telegramId}, 1, 0, 0)`.execute(db)
  const from = { id: telegramId, first_name: 'Анна' }
  const payloads = [
    { message: { from, chat: { id: telegramId } } },
    { message: { from } },
    { callback_query: { from } },
    { my_chat_member: { from } },
  ]
  for (const [n, payload] of payloads.entries()) {
    await sql`insert into telegram_update (update_id, chat_id, payload, done_at)
      values (${update(n)}, ${n === 0 ? telegramId : -500}, ${JSON.stringify(payload)}, now())`.execute(db)
  }
  await sql`insert into audit (actor_id, action, object) values (${id}, 'access.granted', 'person:0')`.execute(db)
  return person
}
