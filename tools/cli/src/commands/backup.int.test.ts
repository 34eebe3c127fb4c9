import { spawn } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  backupHealth,
  broadcasts,
  createDatabase,
  type Db,
  deliveries,
  dropDatabase,
  openDb,
  people,
  workbooks,
} from '@atermtrack/data'
import { sweepPendingRows } from '@atermtrack/outbox'
import { sendTelegram } from '@atermtrack/queue'
import { asService, expect, onTestFinished, recordQueues, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aPerson, auditOf, aWorkbook, cli } from '../cli.test-helper.ts'

async function aFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'backup-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** A name for a database that goes with the test. */
function aDatabase(url: string): string {
  const name = `restored_${process.pid}_${Math.random().toString(36).slice(2)}`
  onTestFinished(async () => dropDatabase(url, name).catch(() => undefined))
  return name
}

function at(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = name
  return address.href
}

/** Rows that are awkward in files: line breaks, tabs, backslashes, bytes, lists, JSON and what refers to each other. */
async function seed(db: Db): Promise<void> {
  await aPerson(db, 77, 'admin')
  await sql`update person set last_name = ${'a\tb\nc\\N "d" \u{1F600}'} where telegram_id = 77`.execute(db)
  const id = await aWorkbook(db, 'отчёт\nза день.xlsx')
  await workbooks.finish(db, id, {
    status: 'imported',
    kind: 'dislocation',
    containers: ['CSQU3054383', ''],
    head: [['a', '\\']],
  })
  await aWorkbook(db, 'ждёт.xlsx')
}

/** A hash of all rows of each table. */
async function contentOf(db: Db): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await sql<{ name: string }>`select relname::text as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('audit', 'backup_health', 'kysely_migration_lock')`.execute(
    db,
  )
  const contents: [string, string][] = []
  for (const { name } of tables) {
    const table = sql.table(name)
    const { rows } = await sql<{ hash: string }>`
      select coalesce(md5(string_agg(line::text, '|' order by line::text)), '') as hash from ${table} as line`.execute(
      db,
    )
    contents.push([name, rows[0]?.hash ?? ''])
  }
  return Object.fromEntries(contents)
}

/** Everything of the schema that migrations make. */
async function schemaOf(db: Db) {
  const { rows } = await sql`
    select pg_get_constraintdef(oid) as part from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public' order by 1`.execute(db)
  return rows
}

async function backUp(url: string): Promise<string> {
  const folder = await aFolder()
  const { code, text } = await cli(`backup create ${folder}`, { DATABASE_URL: url })
  expect([code, text]).toEqual([0, expect.stringMatching(/rows, \d+ bytes/)])
  return join(folder, (await readdir(folder))[0] ?? '')
}

test('a restored database holds the same rows, keys and indexes, and goes on with the same numbers', async ({
  db,
  databaseUrl,
}) => {
  await seed(db)
  // As the role of services, which owns nothing.
  const path = await backUp(asService(databaseUrl))
  expect(await cli(`backup verify ${path}`)).toMatchObject({ code: 0, text: expect.stringContaining('is whole') })
  const env = { DATABASE_URL: databaseUrl }
  const name = aDatabase(databaseUrl)
  const restored = await cli(`backup restore ${path} --into ${name}`, env)
  expect([restored.code, restored.text]).toEqual([0, expect.stringContaining('is restored\nnext: "migrate"')])
  await using copy = openDb({ url: at(databaseUrl, name) })
  expect(await contentOf(copy)).toEqual(await contentOf(db))
  expect(await schemaOf(copy)).toEqual(await schemaOf(db))
  expect(await aWorkbook(copy, 'дальше.xlsx')).toBe(3)
  expect(await workbooks.getContent(copy, { sha256: Buffer.from('ждёт.xlsx'.padEnd(32)), size: 13 })).toHaveLength(13)
  expect((await cli('migrate', { DATABASE_URL: at(databaseUrl, name) })).text).toBe('the schema is up to date')
  expect((await auditOf(copy)).at(-1)).toMatchObject({ action: 'backup.restored', command: 'backup restore' })
  expect(await auditOf(db)).toMatchObject([{ action: 'backup.created', command: 'backup create' }])
})

test('nothing that was sent or was about to leave is sent again, and what waits inside is found by the sweep', async ({
  db,
  databaseUrl,
}) => {
  await seed(db)
  const authorId = (await people.findByTelegramId(db, 77))?.id ?? 0
  const sent = await deliveries.insertMessage(db, { kind: 'answer', chatId: 77, text: 'отправлено' })
  await sql`update delivery set status = 'sent', finished_at = now() where id = ${sent.id}`.execute(db)
  const waiting = await deliveries.insertMessage(db, { kind: 'answer', chatId: 77, text: 'ждёт' })
  const content = { method: 'sendMessage', payload: { text: 'x' } }
  for (const [updateId, status] of (['sending', 'expanding', 'scheduled'] as const).entries()) {
    const draft = { authorId, chatId: 77, text: status, content, updateId }
    const { id } = await broadcasts.insertDraft(db, draft)
    await db
      .updateTable('broadcast')
      .set({ status, confirmedAt: new Date(Date.now() - 3_600_000) })
      .where('id', '=', id)
      .execute()
  }
  await sql`update workbook set enqueued_at = now() - interval '1 hour'`.execute(db)
  const path = await backUp(databaseUrl)
  const env = { DATABASE_URL: databaseUrl }
  const [held, open] = [aDatabase(databaseUrl), aDatabase(databaseUrl)]
  expect((await cli(`backup restore ${path} --into ${held}`, env)).text).toContain('1 messages that had not left')
  expect((await cli(`backup restore ${path} --into ${open} --open-work`, env)).code).toBe(0)
  await using quiet = openDb({ url: at(databaseUrl, held) })
  const { queues } = recordQueues()
  const sweep = async (one: Db) =>
    sweepPendingRows({ db: one, queues: { ...queues, enqueueAll: async () => undefined } }, { seconds: 60, limit: 10 })
  expect(await sweep(quiet)).toEqual({ 'import-workbook': 1 })
  expect(await statusesOf(quiet)).toEqual([
    [sent.id, 'sent'],
    [waiting.id, 'unknown'],
  ])
  const texts = await quiet.selectFrom('broadcast').select(['text', 'status']).orderBy('id').execute()
  expect(texts).toEqual([
    { text: 'sending', status: 'paused' },
    { text: 'expanding', status: 'cancelled' },
    { text: 'scheduled', status: 'cancelled' },
  ])
  await using loud = openDb({ url: at(databaseUrl, open) })
  expect(await statusesOf(loud)).toEqual([
    [sent.id, 'sent'],
    [waiting.id, 'pending'],
  ])
  await sql`update delivery set enqueued_at = now() - interval '1 hour'`.execute(loud)
  expect(await sweep(loud)).toMatchObject({ 'import-workbook': 1, [sendTelegram.name]: 1, 'expand-broadcast': 3 })
})

async function statusesOf(db: Db) {
  const rows = await db.selectFrom('delivery').select(['id', 'status']).orderBy('id').execute()
  return rows.map(({ id, status }) => [id, status])
}

test('a database that holds anything is not restored into, and a failed restore leaves no new database', async ({
  db,
  databaseUrl,
}) => {
  await seed(db)
  const path = await backUp(databaseUrl)
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli(`backup restore ${path}`, env)).toEqual({
    code: 1,
    text: 'failed: the database is not empty: restore into a new one',
  })
  const name = aDatabase(databaseUrl)
  await createDatabase(databaseUrl, name)
  expect((await cli(`backup restore ${path} --into ${name}`, env)).text).toContain('already exists')
  expect(await cli(`backup restore ${path}`, { DATABASE_URL: at(databaseUrl, name) })).toMatchObject({ code: 0 })
  await tamper(path, (text) => text.replace('"migrations": [', '"migrations": [\n"9999_of_a_newer_release",'))
  const other = aDatabase(databaseUrl)
  expect((await cli(`backup restore ${path} --into ${other}`, env)).text).toContain('does not know 9999_of_a_newer')
  await tamper(path, (text) => text.replace('"name": "audit"', '"name": "audit; drop table person"'))
  expect((await cli(`backup restore ${path} --into ${other}`, env)).code).toBe(1)
  await createDatabase(databaseUrl, other)
})

/** Changes the description of a backup, and its checksum with it. */
async function tamper(path: string, change: (text: string) => string): Promise<void> {
  const { createHash } = await import('node:crypto')
  const [file, sums] = [join(path, 'manifest.json'), join(path, 'SHA256SUMS')]
  const text = change(await readFile(file, 'utf8'))
  await writeFile(file, text)
  const others = (await readFile(sums, 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('manifest.json'))
  const sum = createHash('sha256').update(text).digest('hex')
  await writeFile(sums, [...others, `${sum}  manifest.json`, ''].join('\n'))
}

test('a file that has changed, is short or is gone is found', async ({ db, databaseUrl }) => {
  await seed(db)
  const path = await backUp(databaseUrl)
  const file = join(path, 'person.copy.gz')
  const whole = await readFile(file)
  await appendFile(file, 'x')
  expect((await cli(`backup verify ${path}`)).text).toBe('failed: person.copy.gz has changed since the backup was made')
  await writeFile(file, whole)
  expect((await cli(`backup verify ${path}`)).code).toBe(0)
  await tamper(path, (text) => text.replace(/"rows": 1\b/, '"rows": 2'))
  expect((await cli(`backup verify ${path}`)).text).toMatch(/failed: \w+\.copy\.gz has 1 rows, not 2/)
  await rm(file)
  expect((await cli(`backup verify ${path}`)).code).toBe(1)
  expect((await cli('backup verify /nowhere')).code).toBe(1)
})

test('old backups go, the newest stay, and what killed ones have left goes a day later', async ({ databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  const folder = await aFolder()
  const old = ['atermtrack-2025-01-01T000000Z', 'atermtrack-2025-01-02T000000Z', 'atermtrack-2025-01-03T000000Z']
  for (const name of [...old, 'atermtrack-2025-01-01T000001Z.partial', 'mine']) await mkdir(join(folder, name))
  await utimes(join(folder, 'atermtrack-2025-01-01T000001Z.partial'), new Date(0), new Date(0))
  const { text } = await cli(`backup create ${folder} --keep-count 2 --keep-days 1`, env)
  expect(text).toContain(`removed ${old[1]}\nremoved ${old[0]}`)
  const left = await readdir(folder)
  expect(left.toSorted()).toEqual([old[2], expect.stringMatching(/^atermtrack-20[^.]+Z$/), 'mine'])
  const made = left.find((name) => name.startsWith('atermtrack') && name !== old[2]) ?? ''
  expect((await stat(join(folder, made))).mode & 0o077).toBe(0)
  await rm(join(folder, old[2] ?? ''), { recursive: true })
  const listed = await cli(`backup list ${folder} --fresh 1 --json`, env)
  expect(listed.code).toBe(0)
  expect(JSON.parse(listed.text)).toMatchObject({
    tables: [[{ backup: made, schema: expect.stringMatching(/^\d{4}_/) }]],
  })
  expect((await cli(`backup list ${await aFolder()} --fresh 26`, env)).text).toContain(
    'no backup is younger than 26 hours',
  )
})

test('a daily backup that fails is recorded for the admins and tried again soon, and one that succeeds ends that', async ({
  db,
  databaseUrl,
}) => {
  const entry = join(import.meta.dirname, '../../dist/main.js')
  const env = { ...process.env, DATABASE_URL: asService(databaseUrl) }
  const parent = await aFolder()
  const [nowhere, disk] = [join(parent, 'backups'), join(parent, 'disk')]
  await symlink(disk, nowhere)
  const daily = spawn(process.execPath, [entry, 'backup', 'daily', nowhere, '--retry', '1'], { env, stdio: 'ignore' })
  onTestFinished(() => void daily.kill('SIGKILL'))
  const failing = async () => (await backupHealth.find(db))?.failingSince != null
  await waitUntil(failing, { what: 'a failed backup' })
  expect(await backupHealth.find(db)).toMatchObject({ okAt: null, error: expect.stringContaining(nowhere) })
  await mkdir(disk)
  await waitUntil(async () => !(await failing()), { what: 'a backup' })
  expect(await readdir(disk)).toEqual([expect.stringMatching(/^atermtrack-20[^.]+Z$/)])
  const well = { okAt: expect.any(Date), bytes: expect.any(Number), failingSince: null, error: null }
  expect(await backupHealth.find(db)).toMatchObject(well)
})

test.each([
  ['backup create', 'expected a folder'],
  ['backup restore', 'expected the folder of a backup'],
  ['backup create x --keep-count 0', 'how many backups to keep'],
  ['backup daily x --at 24:00', '--at is not a time such as 02:30'],
  ['backup daily x --retry 0', 'seconds until the next attempt'],
])('a command line that is not usable says why: %s', async (line, said) => {
  const { code, text } = await cli(line)
  expect([code, text]).toEqual([2, expect.stringContaining(said)])
})
