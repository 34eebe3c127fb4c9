import { expect, test } from '@atermtrack/testkit'
import { untilCompleted } from './conditions.ts'
import { aDislocation } from './drop-folder.ts'
import { askForReportNow, containers, imapEnv, mailWorkbook, proveAddress, smtpEnv, subscribe } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, receiveWorkbook, textOf } from './talk.ts'

test('a report mailed by the railway answers questions, and reports about it come to the chat and by e-mail', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
  mailServer,
  smtpServer,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env: smtpEnv(smtpServer) })
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', imapEnv(mailServer))])
  await system.ready()
  const stamp = new Date(Date.now() - 10 * 60_000)
  await mailWorkbook(mailServer, await aDislocation({ stamp, size: 15 }))
  await untilCompleted(db, 1)

  const anna = sandbox.person(1001)
  const [one = ''] = containers(1)
  const card = textOf(await ask(anna, one.toLowerCase(), 'Данные на'))
  expect(card).toContain(one)
  expect(card).toContain('Белогорск')
  expect(card).toContain(moscowMinute(stamp))

  const list = textOf(await ask(anna, containers(3).join(', '), 'Данные на'))
  for (const container of containers(3)) expect(list).toContain(container)

  await anna.say(containers(12).join('\n'))
  const many = await receiveWorkbook(sandbox, anna)
  expect(many.cells).toEqual(expect.arrayContaining([...containers(12)]))

  await proveAddress(anna, 'anna@client.example', smtpServer)
  await subscribe(anna, 'Мои вагоны', containers(4))
  await askForReportNow(anna, 'Мои вагоны')
  const report = await receiveWorkbook(sandbox, anna)
  expect(report.caption).toContain('Мои вагоны')
  expect(report.caption).toContain('Найдено 4 из 4')
  expect(report.cells).toEqual(expect.arrayContaining([...containers(4)]))
  const letter = await smtpServer.waitForMessage(({ raw }) => raw.includes('.xlsx'), { timeoutMs: 30_000 })
  expect(letter.to).toEqual(['anna@client.example'])
}, 120_000)

/** `09:05` as the railway writes it. */
function moscowMinute(instant: Date): string {
  return instant.toLocaleTimeString('ru', { timeZone: 'Europe/Moscow', hour: '2-digit', minute: '2-digit' })
}
