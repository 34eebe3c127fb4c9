import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, chmod, chown, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { packagedProgram } from './postgres-place.ts'
import { type PostgresServer, startPostgres } from './start-postgres.ts'

const run = promisify(execFile)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servers-test-'))
  await chmod(folder, 0o755)
})

afterAll(() => rm(folder, { recursive: true }))

test('runs two throwaway servers side by side and leaves nothing of them', async () => {
  const first = await startPostgres()
  const second = await startPostgres()
  expect(await query(first, "select lower('ВАГОН') as value")).toBe('вагон')
  expect(await query(second, "select current_setting('fsync') as value")).toBe('off')
  expect(first.port).not.toBe(second.port)
  await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()])
  await expect(stat(first.dataDir)).rejects.toThrow('ENOENT')
})

test('keeps committed rows of a persistent server through a kill, and its password through a new start', async () => {
  const dataDir = join(folder, 'persistent')
  let url: string
  {
    await using server = await startPostgres({ dataDir, persistent: true })
    url = server.url
    await query(server, 'create table kept as select 42 as value')
    await server.kill9()
    await expect(query(server, 'select 1 as value')).rejects.toThrow('ECONNREFUSED')
    await server.restart()
    expect(await query(server, 'select value from kept')).toBe(42)
    expect(await query(server, "select current_setting('fsync') as value")).toBe('on')
  }
  await using again = await startPostgres({ dataDir, persistent: true })
  expect(new URL(again.url).password).toBe(new URL(url).password)
  expect(await query(again, 'select value from kept')).toBe(42)
})

test('replaces a cluster whose creation was interrupted', async () => {
  const dataDir = join(folder, 'half-made')
  await (await startPostgres({ dataDir, persistent: true }))[Symbol.asyncDispose]()
  await rename(join(dataDir, 'cluster'), join(dataDir, 'cluster.partial'))
  await rm(join(dataDir, 'cluster.partial', 'global'), { recursive: true })
  await using server = await startPostgres({ dataDir, persistent: true })
  expect(await query(server, 'select 1 as value')).toBe(1)
})

test('asks for a password', async () => {
  await using server = await startPostgres()
  const url = new URL(server.url)
  url.password = 'wrong'
  await expect(query({ ...server, url: url.href }, 'select 1 as value')).rejects.toThrow(
    'password authentication failed',
  )
})

test('starts for root in a folder that only root can enter', async () => {
  const home = join(folder, 'home')
  await mkdir(home, { mode: 0o700 })
  const dataDir = join(home, 'data')
  await using server = await startPostgres({ dataDir })
  expect(await query(server, 'select 1 as value')).toBe(1)
  const isRoot = process.getuid?.() === 0
  expect(server.dataDir.startsWith('/var/lib/atermtrack/')).toBe(isRoot)
})

test("starts for root when program and data lie in another user's folder of mode 700", async () => {
  const isRoot = process.getuid?.() === 0
  const home = join(folder, 'stranger')
  const program = join(home, 'postgres')
  await mkdir(home)
  await run('cp', ['-R', `${await packagedProgram()}/.`, program])
  // Bytes of its own keep it from an equal copy that is there already.
  await appendFile(join(program, 'bin/postgres'), 'stranger')
  const hash = createHash('sha256').update(await readFile(join(program, 'bin/postgres')))
  const copy = join('/var/lib/atermtrack', `postgres-${hash.digest('hex').slice(0, 16)}`)
  onTestFinished(() => rm(copy, { recursive: true, force: true }))
  if (isRoot) await chown(home, 12_345, 12_345)
  await chmod(home, 0o700)
  await using server = await startPostgres({ program, dataDir: join(home, 'data') })
  expect(await query(server, 'select 1 as value')).toBe(1)
  expect(await exists(copy)).toBe(isRoot)
  expect((await stat(home)).mode & 0o777).toBe(0o700)
})

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function query(server: PostgresServer, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ value: unknown }>(statement)
    return rows[0]?.value
  } finally {
    await client.end()
  }
}
