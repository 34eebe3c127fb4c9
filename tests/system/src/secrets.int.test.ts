import { startDovecot } from '@atermtrack/servers'
import { asService, expect, startSmtpServer, test, waitUntil } from '@atermtrack/testkit'
import { untilCompleted } from './conditions.ts'
import { aDislocation } from './drop-folder.ts'
import { askForReportNow, containers, imapEnv, mailWorkbook, proveAddress, smtpEnv, subscribe } from './main-job.ts'
import { botToken, createSystem, openSandbox } from './system.ts'
import { ask, receiveWorkbook } from './talk.ts'

// Takes up to 40 s: starts every service and lets each of its servers fail.

const mailUser = { user: 'reports.inbox@forwarder.example', password: 'Imap!pass"word-5821' }
const smtpUser = { user: 'robot@forwarder.example', password: 'Smtp&pass%word-9473' }
const wrongPassword = 'Wrong-imap-password-2260'
const address = 'vera.petrovna@client.example'

test('no log line holds a token, a password or an e-mail address, whatever goes wrong', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using mailServer = await startDovecot({ users: [mailUser] })
  await using smtpServer = await startSmtpServer({ auth: smtpUser })
  await using sandbox = await openSandbox()
  const env = {
    LOG_LEVEL: 'debug',
    ...smtpEnv(smtpServer),
    SMTP_USER: smtpUser.user,
    SMTP_PASS: smtpUser.password,
    SMTP_FROM: smtpUser.user,
  }
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env })
  const imap = imapEnv(mailServer)
  const stranger = await system.start('ingester', { ...imap, IMAP_PASS: wrongPassword })
  await waitUntil(() => stranger.lines.some((line) => line.includes('refused the login')), {
    what: 'the wrong password to be refused',
    timeoutMs: 60_000,
  })
  await stranger.kill9()
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', imap)])
  await mailWorkbook(mailServer, await aDislocation({ stamp: new Date(), size: 15 }))
  await untilCompleted(db, 1)

  const [anna, boris] = [sandbox.person(1001), sandbox.person(1002)]
  for (const kind of ['cutReply', 'cutBody', 'html', 'reset'] as const) {
    const fault = sandbox.faults.add({ kind, times: 1, ...(kind !== 'reset' && { method: 'sendMessage' }) })
    await boris.say(containers(1)[0] ?? '')
    await waitUntil(() => fault.hits() > 0, { what: `the fault ${kind}`, timeoutMs: 30_000 })
  }
  sandbox.faults.add({ kind: 'html', times: 1, method: 'getUpdates' })
  sandbox.dropConnections()
  await ask(anna, containers(1)[0] ?? '', 'Данные на')
  await proveAddress(anna, address, smtpServer)
  smtpServer.refuse(address, { code: 550, text: `5.1.1 <${address}> is not here` })
  await subscribe(anna, 'Список', containers(3))
  await askForReportNow(anna, 'Список')
  await receiveWorkbook(sandbox, anna)
  const isRefused = async () =>
    (await db.selectFrom('delivery').select('status').execute()).some(({ status }) => status === 'failed')
  await waitUntil(isRefused, { what: 'the e-mail to be refused', timeoutMs: 60_000 })
  for (const { sigterm } of system.services) await sigterm()

  const secrets = {
    token: botToken.split(':')[1] ?? '',
    imapPassword: mailUser.password,
    wrongPassword,
    smtpPassword: smtpUser.password,
    databasePassword: new URL(asService(databaseUrl)).password,
    mailUser: mailUser.user,
    sender: smtpUser.user,
    railway: 'cargolk@gvc.rzd.ru',
    client: address,
  }
  const lines = system.services.flatMap((service) => service.lines)
  const leaks = Object.entries(secrets).filter(([, secret]) => lines.some((line) => holds(line, secret)))
  expect(leaks.map(([name]) => name)).toEqual([])
  expect(lines.length).toBeGreaterThan(20)
}, 180_000)

/** A secret as it is, within JSON, and within an address. */
function holds(line: string, secret: string): boolean {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)].some((form) => line.includes(form))
}
