import { expect, type Fixtures, onTestFinished, startTcpRelay, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { openDb, ping, withClientTransaction } from '../client.ts'

const answerLimits = { silenceMs: 400, probeMs: 400 }
const soonMs = 10_000

/** A database behind a relay that can turn into a black hole. */
async function behindRelay(ownPostgres: Fixtures['ownPostgres'], poolSize = 5) {
  const relay = await startTcpRelay(ownPostgres.port)
  const url = new URL(ownPostgres.url)
  url.port = String(relay.port)
  const db = openDb({ url: url.href, poolSize, answerLimits })
  onTestFinished(async () => {
    await db[Symbol.asyncDispose]()
    await relay[Symbol.asyncDispose]()
  })
  return { relay, db }
}

async function timed<T>(work: Promise<T>): Promise<number> {
  const startedAt = performance.now()
  await work
  return performance.now() - startedAt
}

test('a query to a server that hangs fails soon, and works again when the server does', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url, answerLimits })
  await Promise.all([ping(db), ping(db)])
  await ownPostgres.freeze()
  const lost = Promise.all([ping(db), ping(db)].map(async (asked) => expect(asked).rejects.toThrow('does not answer')))
  expect(await timed(lost)).toBeLessThan(soonMs)
  await ownPostgres.thaw()
  expect(await timed(waitUntil(async () => ping(db).then(() => true), { what: 'an answer' }))).toBeLessThan(soonMs)
})

test('a transaction in the middle fails too, and its connection is not used again', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url, poolSize: 1, answerLimits })
  const transaction = db.transaction().execute(async (tx) => {
    await sql`select 1`.execute(tx)
    await ownPostgres.freeze()
    await sql`select 2`.execute(tx)
  })
  // The error of the attempt to roll back.
  await expect(transaction).rejects.toThrow('is not queryable')
  await ownPostgres.thaw()
  await expect(ping(db)).resolves.toBeUndefined()
})

test('a statement that takes its time is not taken for a hanging server', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url, poolSize: 1, answerLimits })
  await expect(sql`select pg_sleep(3)`.execute(db)).resolves.toBeDefined()
})

test('a hanging server ends a long statement too', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url, answerLimits })
  const long = sql`select pg_sleep(600)`.execute(db)
  const isAtIt = sql`select 1 from pg_stat_activity where query like '%pg_sleep(600)%' and pid <> pg_backend_pid()`
  await waitUntil(async () => (await isAtIt.execute(db)).rows.length > 0, { what: 'the statement to be at work' })
  await ownPostgres.freeze()
  await expect(long).rejects.toThrow('does not answer')
})

test('a single connection that a firewall has dropped is noticed while others work', async ({ ownPostgres }) => {
  const { relay, db } = await behindRelay(ownPostgres)
  const [first, second] = await Promise.all([sql`select 1`.execute(db), sql`select 1`.execute(db)])
  expect([first.rows, second.rows].flat()).toHaveLength(2)
  relay.fallSilent()
  relay.heal()
  await Promise.all([ping(db), ping(db)].map(async (asked) => expect(asked).rejects.toThrow('does not answer')))
  await expect(ping(db)).resolves.toBeUndefined()
})

test('a copy that stops moving fails, and one whose rows come slowly does not', async ({ ownPostgres }) => {
  const { relay, db } = await behindRelay(ownPostgres)
  await sql`create table copied (text text)`.execute(db)
  await withClientTransaction(db, async (_tx, client) => {
    const copy = client.query(copyFrom('copy copied from stdin'))
    copy.write('first\n')
    // Longer than a silent server is given.
    await sql`select pg_sleep(2)`.execute(db)
    await new Promise<void>((resolve, reject) => copy.on('error', reject).end('second\n', resolve))
  })
  expect((await sql`select text from copied`.execute(db)).rows).toHaveLength(2)

  const stuck = withClientTransaction(db, async (_tx, client) => {
    const copy = client.query(copyFrom('copy copied from stdin'))
    relay.fallSilent()
    const failed = new Promise<never>((_resolve, reject) => copy.on('error', reject))
    const line = `${'x'.repeat(1024 * 1024)}\n`
    for (let n = 0; n < 50; n += 1) copy.write(line)
    await failed
  })
  await expect(stuck).rejects.toThrow('does not answer')
})

test('a database that hangs does not hold up the end of who uses it', async ({ ownPostgres }) => {
  const db = openDb({ url: ownPostgres.url })
  await ping(db)
  await ownPostgres.freeze()
  const asked = ping(db).catch(() => undefined)
  expect(await timed(db[Symbol.asyncDispose]())).toBeLessThan(soonMs)
  await asked
})
