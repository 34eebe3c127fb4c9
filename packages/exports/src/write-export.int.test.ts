import { buffer } from 'node:stream/consumers'
import type { Db, ExportAsk } from '@atermtrack/data'
import { personalData } from '@atermtrack/data'
import { exportColumns, exportKinds, type Period } from '@atermtrack/domain'
import type { Language } from '@atermtrack/messages'
import { describe, expect, test } from '@atermtrack/testkit'
import { read } from '@e965/xlsx'
import excel from 'exceljs'
import { sql } from 'kysely'
import { writeExport } from './write-export.ts'

const always: Period = { from: undefined, until: undefined }
const reading = { now: new Date('2026-11-30T00:00:00Z') }
/** Texts that a program might take for a formula, or for the end of a cell. */
const hostile = `=HYPERLINK("http://x","y")`
/** Rows above those of the table: the title, the days, the zone, the headings. */
const above = 4

async function contentOf(
  db: Db,
  ask: Partial<ExportAsk> & Pick<ExportAsk, 'kind'>,
  language: Language = 'ru',
): Promise<Buffer> {
  return db.transaction().execute(async (tx) => {
    const files: Buffer[] = []
    const whole = { period: always, zone: 'Europe/Moscow', ...ask }
    for await (const { pieces } of writeExport(tx, whole, { ...reading, language })) files.push(await buffer(pieces))
    expect(files).toHaveLength(1)
    return files[0]!
  })
}

/** The cells of the table by row, moments as `2026-11-30 15:30:59`. */
async function rowsOf(
  db: Db,
  ask: Partial<ExportAsk> & Pick<ExportAsk, 'kind'>,
  language?: Language,
): Promise<readonly (readonly string[])[]> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load((await contentOf(db, ask, language)) as never)
  const rows = workbook.worksheets[0]!.getSheetValues().slice(above + 1)
  return rows.map((row) => (row as readonly excel.CellValue[]).slice(1).map(textOf))
}

function textOf(value: excel.CellValue): string {
  // A moment is stored as a fraction of a day.
  if (value instanceof Date)
    return new Date(Math.round(value.getTime() / 1_000) * 1_000).toISOString().slice(0, 19).replace('T', ' ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

describe('an export', () => {
  test('of each kind is a workbook that both readers open, with a row of values and no formula', async ({ db }) => {
    await seed(db)
    for (const kind of exportKinds) {
      const content = await contentOf(db, { kind })
      const workbook = new excel.Workbook()
      await workbook.xlsx.load(content as never)
      const sheet = workbook.worksheets[0]!
      const names = Object.keys(exportColumns[kind])
      expect([kind, sheet.columnCount]).toEqual([kind, names.length])
      expect([kind, sheet.rowCount]).toEqual([kind, above + 1])
      const other = read(content, { cellFormula: true }).Sheets[sheet.name]!
      const cells = Object.entries(other).filter(([address]) => !address.startsWith('!'))
      expect(cells.filter(([, cell]) => (cell as { f?: string }).f !== undefined)).toEqual([])
      for (const [place] of names.entries()) {
        const address = `${String.fromCodePoint(65 + place)}${above + 1}`
        const filled = sheet.getCell(address).value
        expect([kind, names[place], filled === null]).toEqual([kind, names[place], false])
        expect([kind, address, (other as Record<string, { v?: unknown }>)[address]?.v === undefined]).toEqual([
          kind,
          address,
          false,
        ])
      }
    }
  })

  test('shows texts of others as they are, and codes as words', async ({ db }) => {
    await seed(db)
    const [person] = await rowsOf(db, { kind: 'people' })
    expect(person).toEqual(expect.arrayContaining([`${hostile} Петрова`, 'есть', 'оператор']))
    const [position] = await rowsOf(db, { kind: 'positions' })
    expect(position).toEqual(expect.arrayContaining(['CSQU3054383', '2026-11-29 15:30:00', 'да', '+cmd|calc']))
    const [event] = await rowsOf(db, { kind: 'events' })
    expect(event).toEqual(expect.arrayContaining(['Прибытие на станцию назначения']))
    await sql`insert into audit (action, object, command) values ('of.later', 'x', 'x y')`.execute(db)
    const entries = await rowsOf(db, { kind: 'audit' })
    expect(entries.map((row) => row.slice(1))).toEqual([
      [
        `${hostile} Петрова`,
        'доступ выдан',
        'access.granted',
        `${hostile} Петрова`,
        'роль: наблюдатель, компания: ООО «Василёк»',
        'сообщение 9',
      ],
      ['командная строка (x y)', 'of.later', 'of.later', 'x', undefined, 'командная строка (x y)'],
    ])
    const inEnglish = await rowsOf(db, { kind: 'audit' }, 'en')
    expect(inEnglish.map((row) => row[2])).toEqual(['granted access', 'of.later'])
    expect(inEnglish[0]?.slice(5)).toEqual(['role: viewer, company: ООО «Василёк»', 'message 9'])
  })

  test('holds the days of its zone, from the first midnight to the last', async ({ db }) => {
    const moments = [
      '2026-11-09T13:59:59Z',
      '2026-11-09T14:00:00Z',
      '2026-11-10T20:59:59Z',
      '2026-11-11T13:59:59Z',
      '2026-11-11T14:00:00Z',
    ]
    await sql`insert into audit (action, object, created_at)
      select 'x', 'at:' || at, at::timestamptz from unnest(${moments}::text[]) as at`.execute(db)
    const period = { from: '2026-11-10', until: '2026-11-11' }
    const inVladivostok = await rowsOf(db, { kind: 'audit', period, zone: 'Asia/Vladivostok' })
    expect(inVladivostok.map((row) => row[0])).toEqual([
      '2026-11-10 00:00:00',
      '2026-11-11 06:59:59',
      '2026-11-11 23:59:59',
    ])
    const inMoscow = await rowsOf(db, { kind: 'audit', period, zone: 'Europe/Moscow' })
    expect(inMoscow.map((row) => row[0])).toEqual(['2026-11-10 23:59:59', '2026-11-11 16:59:59', '2026-11-11 17:00:00'])
    expect(await rowsOf(db, { kind: 'audit', period: { from: '2026-11-12', until: undefined } })).toEqual([])
  })

  test('holds a day of 25 hours whole', async ({ db }) => {
    const moments = ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z']
    await sql`insert into audit (action, object, created_at)
      select 'x', at, at::timestamptz from unnest(${moments}::text[]) as at`.execute(db)
    const period = { from: '2026-10-25', until: '2026-10-25' }
    const rows = await rowsOf(db, { kind: 'audit', period, zone: 'Europe/Berlin' })
    expect(rows.map((row) => row[4])).toEqual(moments.slice(0, 2))
  })

  test('holds nothing of somebody who has erased their data', async ({ db }) => {
    await seed(db)
    const { id } = await db.selectFrom('person').select('id').executeTakeFirstOrThrow()
    await db.transaction().execute((tx) => personalData.erase(tx, id))
    const everything: string[] = []
    for (const kind of exportKinds) everything.push(...(await rowsOf(db, { kind })).flat())
    const text = everything.join('\n')
    for (const secret of ['Петрова', 'HYPERLINK', 'anna_p', '777000111', 'anna@example.com', 'Мой список']) {
      expect(text).not.toContain(secret)
    }
    expect(text).toContain(`человек № ${id}, данные стёрты`)
  })

  test('walks rows in batches, none of them twice', async ({ db }) => {
    await sql`insert into audit (action, object) select 'x', 'n:' || n from generate_series(1, 4500) as n`.execute(db)
    const objects = (await rowsOf(db, { kind: 'audit' })).map((row) => row[4])
    expect(objects).toEqual(Array.from({ length: 4_500 }, (_, n) => `n:${n + 1}`))
  })
})

/** A row of each kind, every column of it filled. */
async function seed(db: Db): Promise<void> {
  const run = async (statement: ReturnType<typeof sql>) => statement.execute(db)
  await run(sql`insert into company (name) values ('ООО «Василёк»')`)
  await run(sql`insert into person (telegram_id, first_name, last_name, username, access, role, company_id, zone, access_decided_at,
      unreachable_since)
    values (777000111, ${hostile}, 'Петрова', 'anna_p', 'granted', 'operator', 1, 'Asia/Omsk', now(), now())`)
  await run(sql`insert into lookup (person_id, containers, wagons, waybills, mistyped, found)
    values (1, '{CSQU3054383}', '{12345678}', '{ЭФ038927}', '{CSQU3054384}', 1)`)
  await run(sql`insert into subscription (person_id, name, slots, zone, next_due_at, subject_text, paused_at, deleted_at)
    values (1, '-Мой список', '{09:00}', 'Asia/Omsk', now(), '@SUM(1)', now(), now())`)
  await run(sql`insert into email_address (person_id, address) values (1, 'anna@example.com')`)
  await run(sql`insert into report (kind, person_id, chat_id, name, containers, planned_at)
    values ('lookup', 1, 777000111, 'Мой список', '{}', now())`)
  await run(sql`insert into delivery (channel, kind, status, person_id, email_address_id, report_id, error, finished_at)
    values ('email', 'report', 'failed', 1, 1, 1, '550 anna@example.com', now())`)
  await run(sql`insert into blob (sha256, content) values ('x', 'x')`)
  await run(sql`insert into workbook (origin, file_name, sha256, size, received_at, finished_at, sender, kind, status, reason, stamp,
      row_count, skipped_count, new_containers)
    values ('mail', '=1+1.xlsx', 'x', 10, now(), now(), 'robot@rail.example', 'dislocation', 'imported', 'x', now(), 1, 0, 1)`)
  await run(sql`insert into station (key, name, road_name) values ('1', 'УГЛОВАЯ', 'ДВС'), ('2', 'СЕЛЯТИНО', 'МСК')`)
  await run(sql`insert into operation (name) values ('прибытие')`)
  await run(sql`insert into position (container, content_key, operated_at, operated_wall, operation_id, station_id, row_number, stamp, workbook_id,
      origin_station_id, destination_station_id, km_left, train_index, wagon, waybill, consignor, consignee, cargo, trip_started_at,
      arrived_at, delivery_due_at, is_abandoned, is_live)
    values ('CSQU3054383', 1, '2026-11-29T12:30:00Z', '2026-11-29 15:30', 1, 1, 1, now(), 1, 1, 2, 100, '9822', '12345678', 'ЭФ038927',
      '+cmd|calc', 'ООО', 'груз', now(), now(), now(), true, true)`)
  await run(sql`insert into movement (container, operated_at, operated_wall, operation_id, station_id, km_left, train_index, wagon, waybill,
      stamp, workbook_id)
    values ('CSQU3054383', now(), now(), 1, 1, 100, '9822', '12345678', 'ЭФ038927', now(), 1)`)
  await run(sql`insert into trip (container, started_at, origin_station_id, destination_station_id, departed_at, arrived_at, unloaded_at,
      delivery_due_at, km_total, waybill, consignor, consignee)
    values ('CSQU3054383', now(), 1, 2, now(), now(), now(), now(), 9000, 'ЭФ038927', 'ООО', 'ООО')`)
  await run(sql`insert into train (code, transshipment_station) values ('К26-001', 'УГЛОВАЯ')`)
  await run(
    sql`insert into train_roster (workbook_id, train_code, sent_at, destination) values (1, 'К26-001', now(), 'СЕЛЯТИНО')`,
  )
  await run(sql`insert into train_roster_row (workbook_id, row_number, container, wagon, waybill, type, weight_kg, client, destination)
    values (1, 1, 'CSQU3054383', '12345678', 'ЭФ038927', '40HC', 20000, 'Ромашка', 'СЕЛЯТИНО')`)
  await run(sql`insert into terminal_visit (container, visit_key, stamp, terminal, direction, stock, size, client, inn, condition, arrived_at,
      dispatched_at, on_site, fields)
    values ('CSQU3054383', 'x', now(), 'Т', 'импорт', 'сток', '40', 'Ромашка', '0536000001', 'целый', now(), now(), true, '{}')`)
  await run(sql`insert into event (container, kind, identity, happened_at, station_id, train_index, workbook_id)
    values ('CSQU3054383', 'arrived', 'x', now(), 1, '9822', 1)`)
  await run(
    sql`insert into audit (actor_id, action, object, details, update_id)
      values (1, 'access.granted', 'person:1', '{"role": "viewer", "companyId": 1}', 9)`,
  )
}
