import { expect, test, waitUntil } from '@atermtrack/testkit'
import { untilCompleted } from './conditions.ts'
import { drop, openDropFolder } from './drop-folder.ts'
import { containers, subscribe } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'
import { textOf } from './talk.ts'
import { aTrainReport } from './train-report.ts'

const anna = 1001

test('an abandoned train is reported to a subscriber once, in one message for all its containers', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  const inbox = await openDropFolder()
  const person = sandbox.person(anna)
  await drop(inbox, [await aTrainReport({ minutesAgo: 300, operation: 'Отправление вагона со станции (2)' })])
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  await Promise.all([system.start('bot'), system.start('ingester', { INBOX_DIR: inbox }), system.start('reporter')])
  await untilCompleted(db, 1)
  await person.say('/menu')
  await subscribe(person, 'Мои', containers(3))

  await drop(inbox, [await aTrainReport({ minutesAgo: 60, operation: 'Бросание поезда (92)' })])
  const message = await person.waitForReply({
    where: (seen) => textOf(seen).includes('Поезд брошен'),
    timeoutMs: 60_000,
  })
  expect(textOf(message)).toContain('3 контейнера')

  // A later report says the same.
  const later = await aTrainReport({ minutesAgo: 10, operation: 'Бросание поезда (92)', operatedMinutesAgo: 90 })
  await drop(inbox, [later])
  await untilCompleted(db, 3)
  await waitUntil(
    async () => {
      const due = await db
        .selectFrom('workbook')
        .select('id')
        .where((eb) => eb.or([eb('eventsDueAt', 'is not', null), eb('alertsDueAt', 'is not', null)]))
        .execute()
      return due.length === 0
    },
    { what: 'the events of all reports', timeoutMs: 60_000 },
  )
  expect(person.messages().filter((seen) => textOf(seen).includes('Поезд брошен'))).toHaveLength(1)
})
