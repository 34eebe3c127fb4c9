import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { columnProfiles, deferredMail, mailbox, people, workbooks } from '@atermtrack/data'
import { importWorkbook, startWorker } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, openHealth, test } from '@atermtrack/testkit'
import { aWorkbook, cli } from './cli.test-helper.ts'

test('replays a refused workbook: it is pending and its import is queued', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const id = await aWorkbook(db)
  await workbooks.finish(db, id, { status: 'refused', reason: 'no_rows' })
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }

  expect((await cli('workbooks list --status refused', env)).text).toContain('report.xlsx')
  expect(await cli(`workbooks replay ${id}`, env)).toEqual({ code: 0, text: `workbook ${id} is queued` })
  const { promise: imported, resolve } = deferred<number>()
  const logger = createLogger({ service: 'test', level: 'silent' })
  const connection = { url: redisUrl, prefix: queuePrefix, logger, health: openHealth() }
  await using _worker = startWorker(importWorkbook, async ({ workbookId }) => resolve(workbookId), connection)
  expect(await imported).toBe(id)
  expect(await cli(`workbooks replay ${id}`, env)).toMatchObject({ code: 1 })
})

test('records decisions about workbooks in the audit', async ({ db, databaseUrl, redisUrl, queuePrefix }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const [shrunk, bad] = [await aWorkbook(db, 'shrunk.xlsx'), await aWorkbook(db, 'bad.xlsx')]
  await workbooks.finish(db, shrunk, { status: 'quarantined', kind: 'dislocation', rowCount: 5, reason: 'shrunk' })
  await workbooks.finish(db, bad, { status: 'quarantined', reason: 'no_rows' })
  expect((await cli(`workbooks show ${shrunk}`, env)).text).toContain('there are far fewer rows than usual')
  expect(await cli(`workbooks accept ${bad}`, env)).toEqual({
    code: 1,
    text: `failed: workbook ${bad} is quarantined: no_rows, workbook.accepted does not apply; what can be done: reject, replay`,
  })
  expect(await cli(`workbooks accept ${shrunk}`, env)).toEqual({ code: 0, text: `workbook ${shrunk} is queued` })
  expect(await cli(`workbooks reject ${bad}`, env)).toEqual({
    code: 0,
    text: `the decision about workbook ${bad} is recorded`,
  })
  expect(await cli(`workbooks undo ${bad}`, env)).toEqual({
    code: 1,
    text: `failed: workbook ${bad} is refused: rejected, workbook.undo_requested does not apply; what can be done: replay`,
  })
  await workbooks.finish(db, shrunk, { status: 'imported', kind: 'dislocation' })
  expect(await cli(`workbooks undo ${shrunk} --yes`, env)).toMatchObject({ code: 0 })
  expect((await cli(`workbooks show ${shrunk}`, env)).text).toMatch(
    /decided \(UTC\).*\n.*the console +workbook\.undo_requested\n.*the console +workbook\.accepted/,
  )
  const audited = await db.selectFrom('audit').select(['action', 'object', 'actorId']).orderBy('id').execute()
  expect(audited).toEqual([
    { action: 'workbook.accepted', object: `workbook:${shrunk}`, actorId: null },
    { action: 'workbook.rejected', object: `workbook:${bad}`, actorId: null },
    { action: 'workbook.undo_requested', object: `workbook:${shrunk}`, actorId: null },
  ])
})

test('retries a refused message once', async ({ db, databaseUrl, redisUrl, queuePrefix }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const key = { mailbox: 'box', uidValidity: 1, uid: 1 }
  const letter = { ...key, subject: 'Отчёт', receivedAt: new Date() }
  const id = await mailbox.insertMessage(db, { ...letter, status: 'refused', reason: 'too_big' })
  await deferredMail.insert(db, { ...letter, uid: 2, subject: 'Список', reason: 'download_cut' })
  const listed = (await cli('mail list', env)).text
  expect(listed).toMatch(/Отчёт .*the message is bigger than is taken/)
  expect(listed).toMatch(/Список .*the download of the message breaks off each time +1 +\d{4}-/)
  expect(await cli(`mail retry ${id}`, env)).toEqual({ code: 0, text: `message ${id} is tried again now` })
  expect(await cli(`mail retry ${id}`, env)).toMatchObject({ code: 1 })
  expect(await db.selectFrom('audit').select(['action', 'object']).execute()).toEqual([
    { action: 'mail.retried', object: `mail:${id}` },
  ])
})

test('defines the columns of an unknown layout', async ({ db, databaseUrl, redisUrl, queuePrefix }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const id = await aWorkbook(db)
  const head = [['Сводка'], ['Ящик', 'Цвет', 'Где', 'Что', 'Когда']]
  await workbooks.finish(db, id, { status: 'quarantined', reason: 'unknown_layout', head })
  const like = await aWorkbook(db, 'like.xlsx')
  await workbooks.finish(db, like, { status: 'quarantined', reason: 'unknown_layout', head: head.slice(1) })
  const assignments = 'A=container C=operationStation D=operation'
  expect((await cli(`workbooks show ${id}`, env)).text).toContain('A=Ящик | B=Цвет | C=Где | D=Что | E=Когда')
  const early = await cli(`workbooks teach ${id} ${assignments}`, env)
  expect(early.code).toBe(2)
  expect(early.text).toContain('these columns must be named too: Дата и время операции (operatedAt)')
  expect(await cli(`workbooks teach ${id} ${assignments} E=operatedAt --header 2`, env)).toEqual({
    code: 0,
    text: `workbook ${id} is queued\nworkbook ${like} is queued`,
  })
  expect(await columnProfiles.list(db)).toMatchObject([
    {
      headerSignature: 'ящик\nцвет\nгде\nчто\nкогда',
      columns: { container: 0, operationStation: 2, operation: 3, operatedAt: 4 },
    },
  ])
})

test('lets somebody in who has written to the bot', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  const profile = { telegramId: 77, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const
  await people.ensure(db, profile)
  expect(await cli('people grant 77 operator', env)).toEqual({ code: 0, text: '77 is operator' })
  expect(await people.findByTelegramId(db, 77)).toMatchObject({ access: 'granted', role: 'operator' })
  expect((await cli('people list', env)).text).toMatch(/77 +Анна +anna +ru +granted +operator/)
  expect(await cli('people grant 78 operator', env)).toMatchObject({ code: 1 })
})

test('erases somebody only with --yes', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  const profile = { telegramId: 77, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const
  await people.ensure(db, profile)
  expect((await cli('people erase 77', env)).text).toMatch(/subscriptions +0/)
  expect(await people.findByTelegramId(db, 77)).toBeDefined()
  expect(await cli('people erase 77 --yes', env)).toEqual({ code: 0, text: '77 is erased' })
  expect(await people.findByTelegramId(db, 77)).toBeUndefined()
  expect(await cli('people erase 77 --yes', env)).toMatchObject({ code: 1 })
})

test('makes a company with clients, and a viewer of it', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  const profile = { telegramId: 77, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const
  await people.ensure(db, profile)
  expect(await cli('companies add Ромашка и Ко', env)).toEqual({ code: 0, text: 'company 1 is added' })
  expect(await cli('companies add ромашка и ко', env)).toMatchObject({ code: 1 })
  expect((await cli('companies clients 1 --add 536000001', env)).text).toMatch(/1 +0536000001[^]*sees 0 containers/)
  expect(await cli('companies clients 1 --add 0536000001', env)).toMatchObject({ code: 1 })
  expect((await cli('companies clients 1 --remove 1', env)).text).toContain('(none)')
  expect(await cli('people grant 77 operator --company 1', env)).toMatchObject({ code: 2 })
  expect(await cli('people grant 77 viewer --company 2', env)).toMatchObject({ code: 1 })
  expect(await cli('people grant 77 viewer --company 1', env)).toEqual({ code: 0, text: '77 is viewer of company 1' })
  expect(await people.findByTelegramId(db, 77)).toMatchObject({ role: 'viewer', companyId: 1 })
  expect((await cli('companies list', env)).text).toMatch(/1 +Ромашка и Ко +0 +1 +no/)
  expect((await cli('people list', env)).text).toMatch(/viewer +Ромашка и Ко/)
})

test('says that no delivery is unknown and that the schema is up to date', async ({ databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli('deliveries unknown', env)).toEqual({ code: 0, text: '(none)' })
  expect(await cli('migrate', env)).toEqual({ code: 0, text: 'the schema is up to date' })
})

test('migrate makes the role of services with a password that they find in a file', async ({ databaseUrl }) => {
  await using folder = await temporaryFolder()
  const name = `services_of_${basename(new URL(databaseUrl).pathname)}`
  const file = join(folder.path, 'password')
  const env = { DATABASE_URL: databaseUrl, DB_SERVICE_USER: name, DB_SERVICE_PASS_FILE: file }
  expect(await cli('migrate', env)).toMatchObject({ code: 0 })
  const url = new URL(databaseUrl)
  url.username = name
  url.password = await readFile(file, 'utf8')
  expect(await cli('deliveries unknown', { DATABASE_URL: url.href })).toEqual({ code: 0, text: '(none)' })
  expect(await cli('migrate', env)).toMatchObject({ code: 0 })
  expect(await cli('migrate', { DATABASE_URL: databaseUrl, DB_SERVICE_USER: name })).toMatchObject({
    code: 1,
    text: expect.stringContaining('DB_SERVICE_PASS'),
  })
})

test('writes the original file of a workbook, and overwrites none', async ({ db, databaseUrl }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'original.xlsx')
  const id = await aWorkbook(db, 'bytes of it')
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli(`workbooks save ${id} ${path}`, env)).toEqual({ code: 0, text: `11 bytes are written to ${path}` })
  expect(await readFile(path, 'utf8')).toBe('bytes of it')
  expect(await cli(`workbooks save ${id} ${path}`, env)).toMatchObject({ code: 1 })
})

test.each(['', 'dance'])('an unknown command shows the help and gives 2: %s', async (line) => {
  const { code, text } = await cli(line)
  expect(code).toBe(2)
  expect(text).toContain('workbooks replay <id>')
})

test.each([
  ['people grant 77 king', 'people grant <telegram id> <role>'],
  ['companies add', 'companies add <name>'],
  ['companies clients x', 'companies clients <company id>'],
  ['workbooks replay x', 'expected the id of a workbook'],
  ['workbooks replay 1 2', '"2" is one argument too many'],
  ['workbooks save 1', 'expected the path'],
  ['workbooks teach 1 A=colour', '"A=colour" names no known field'],
  ['workbooks teach 1 A=container A=operation', 'column A is named twice'],
  ['workbooks teach 1 A=container B=container', 'container is named twice'],
  ['workbooks teach 1 7=container', 'does not begin with a column'],
  ['workbooks list --status nice', 'there is no status nice'],
  ['migrate --fast', "Unknown option '--fast'\n"],
  ['people fire', 'there is no command "people fire"\n\nnpm run cli --\n  people list'],
])('a command line that is not usable says why, shows how it is meant and gives 2: %s', async (line, said) => {
  const { code, text } = await cli(line)
  expect(code).toBe(2)
  expect(text).toContain(said)
  expect(text).toContain('All commands: npm run cli -- --help')
})

test('the first word of commands alone shows all of them and no others', async () => {
  const { code, text } = await cli('imports --help')
  expect(code).toBe(0)
  expect(text).toMatch(/^npm run cli --\n {2}workbooks list/)
  expect(text).toContain('workbooks undo <id>')
  expect(text).not.toContain('people')
  expect((await cli('people')).code).toBe(2)
})

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'cli-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}

test('lists sources with their freshness', async ({ db, databaseUrl }) => {
  await db
    .insertInto('source')
    .values({ kind: 'dislocation', sender: 'robot@rail.example', reportNumber: '103' })
    .execute()
  expect((await cli('sources list', { DATABASE_URL: databaseUrl })).text).toMatch(/robot@rail\.example +103/)
})
