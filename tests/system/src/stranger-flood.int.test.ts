import { type Db, people } from '@atermtrack/data'
import { type Sandbox } from '@atermtrack/sandbox'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aMessage,
  containerNumber,
  expect,
  test,
  waitUntil,
} from '@atermtrack/testkit'
import { createSystem, openSandbox } from './system.ts'

// Takes up to 90 s: waits for the pause between two edits of a gathered notice.

const anna = 1001
const boris = 1002
const files = 70

test('70 files of one stranger give a few messages to each admin, and none is lost', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
  mailServer,
}) => {
  await using sandbox = await openSandbox()
  sandbox.person(anna)
  sandbox.person(boris)
  await people.ensure(db, { telegramId: boris, firstName: 'B', lastName: null, username: null, language: 'en' })
  const env = {
    ADMIN_CHAT_ID: `${anna},${boris}`,
    IMAP_SERVER: mailServer.host,
    IMAP_PORT: String(mailServer.port),
    IMAP_SECURE: 'false',
    IMAP_USER: mailServer.user,
    IMAP_PASS: mailServer.password,
    STRANGER_SENDER_MAX_FILES: '40',
  }
  for (let n = 0; n < files; n++) await mailServer.append(await aStrangersMail(n))
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env })
  await system.start('bot')
  const ingester = await system.start('ingester')
  await system.start('ingester')
  await waitUntil(async () => (await counts(db)).quarantined > 10, {
    what: 'some quarantined files',
    timeoutMs: 120_000,
  })
  await ingester.kill9()
  ingester.start()
  // The files that count are imported while further mail is still refused.
  const areAllJudged = async () => {
    const { quarantined, refused } = await counts(db)
    return quarantined + refused >= files
  }
  await waitUntil(areAllJudged, { what: 'all files', timeoutMs: 120_000 })
  expect(await counts(db)).toEqual({ quarantined: 40, refused: files - 40 })
  const gathered = () => [shown(sandbox, anna, /Ещё (\d+) файл/), shown(sandbox, boris, /(\d+) more file/)]
  await waitUntil(() => gathered().every((count) => count === 38), { what: 'the last count', timeoutMs: 120_000 })
  const mails = () => [shown(sandbox, anna, /Ещё (\d+) пис/), shown(sandbox, boris, /(\d+) more mess/)]
  await waitUntil(() => mails().every((count) => count === files - 42), { what: 'the last mail', timeoutMs: 120_000 })
  for (const chatId of [anna, boris]) {
    const calls = sandbox.calls.filter((call) => call.chatId === chatId)
    expect(calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(6)
    expect(within60Seconds(calls.map(({ at }) => at))).toBeLessThanOrEqual(12)
  }
}, 400_000)

async function aStrangersMail(n: number): Promise<Buffer> {
  const content = await aDislocationWorkbook({ rows: [aDislocationRow({ 'Номер контейнера': containerNumber(n) })] })
  return aMessage({
    from: 'x@stranger.example',
    subject: `mail ${n}`,
    attachments: [{ fileName: `${n}.xlsx`, content }],
  })
}

async function counts(db: Db) {
  const [waiting, refused] = await Promise.all([
    db.selectFrom('workbook').select('id').where('status', '=', 'quarantined').execute(),
    db.selectFrom('mailMessage').select('id').where('reason', '=', 'stranger_quota').execute(),
  ])
  return { quarantined: waiting.length, refused: refused.length }
}

/** The number in the newest message that matches. */
function shown(sandbox: Sandbox, chatId: number, pattern: RegExp): number | undefined {
  const found = sandbox
    .person(chatId)
    .messages()
    .map(({ text = '' }) => pattern.exec(text)?.[1])
  const last = found.findLast((text) => text !== undefined)
  return last === undefined ? undefined : Number(last)
}

/** The largest number of moments (ms) within one minute. */
function within60Seconds(moments: readonly number[]): number {
  return Math.max(...moments.map((start) => moments.filter((at) => at >= start && at < start + 60_000).length))
}
