import { randomUUID } from 'node:crypto'
import { createProcessRoom, importWorkbook } from '@atermtrack/queue'
import { type Db, everything, mailbox as mailboxes, positions, createJobRunner } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aMessage,
  describe,
  expect,
  listSamples,
  readSample,
  sampleDislocations,
  test,
  recordQueues,
} from '@atermtrack/testkit'
import { pino } from 'pino'
import { createImportWorkbook } from '../importing/import-workbook.ts'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { anyName, readers } from '../testing/arrivals.ts'
import { type ImapSettings, MailLoginRefused, openImapMailbox } from './imap-mailbox.ts'
import { pollMailboxOnce } from './poll-mailbox.ts'

// Takes up to 40 s: imports the mail of a whole fortnight.

const logger = pino({ level: 'silent' })
const never = new AbortController().signal
const senders = {
  dislocation: ['cargolk@gvc.rzd.ru'],
  terminal_report: ['aterminal@effex.ru'],
  train_roster: [],
}

const settings = {
  sourceZone: 'Europe/Moscow',
  terminalZone: 'Asia/Vladivostok',
  adminChatIds: [],
  reading: defaultReadingSettings,
  readers,
  senders,
  filePatterns: anyName,
  queues: recordQueues().queues,
}

function settingsOf({ host, port, user, password }: DovecotServer): ImapSettings {
  return { host, port, secure: false, user, password, mailbox: 'INBOX' }
}

/** Polls as the service does and imports what came, in the order of arrival. */
function reader(
  db: Db,
  server: DovecotServer,
  { windowDays = 14, maxMessageBytes = 60_000_000, maxAttachments = 50 } = {},
) {
  const importOne = createImportWorkbook({
    ...settings,
    db,
    run: createJobRunner(db, { table: 'workbook', process: randomUUID(), room: createProcessRoom() }),
  })
  const stored: number[] = []
  const { queues, take } = recordQueues()
  const open = async (signal: AbortSignal) => openImapMailbox(settingsOf(server), { logger, signal })
  const wake: typeof queues.wake = async (jobs) => {
    await queues.wake(jobs)
    stored.push(...take(importWorkbook).map(({ workbookId }) => workbookId))
  }
  const now = () => new Date()
  const limits = { windowDays, maxMessageBytes, maxAttachments, limitMs: 60_000 }
  const strangerQuota = { perSender: generous, overAll: generous }
  const audience = { adminChatIds: [], strangerQuota, senders: settings.senders }
  const dependencies = { db, name: 'box', startedBy: 'test', open, queues: { wake }, now, ...audience, ...limits }
  const poll = async () => (await pollMailboxOnce(dependencies, logger, never)).messages
  const importAll = async () => {
    for (const workbookId of stored.splice(0)) await importOne({ workbookId }, { logger, attempt: 1, signal: never })
  }
  return { stored, poll, importAll }
}

const generous = { files: 10_000, bytes: 1e9 }

async function messages(db: Db) {
  return db.selectFrom('mailMessage').select(['uid', 'status', 'reason']).orderBy('id').execute()
}

async function workbook(name = 'отчёт.xlsx') {
  return { fileName: name, content: await aDislocationWorkbook({ rows: [aDislocationRow()] }) }
}

describe('a look into the mailbox', () => {
  test('brings the whole fortnight of samples, and the data are those of the last reports', async ({
    db,
    mailServer,
  }) => {
    for (const path of await listSamples('mail')) await mailServer.append(await readSample(path))
    const { poll, importAll } = reader(db, mailServer)
    await poll()
    await importAll()

    const facts = await sampleDislocations()
    const imported = await db
      .selectFrom('workbook')
      .select(['stamp', 'rowCount', 'status'])
      .where('kind', '=', 'dislocation')
      .orderBy('stamp')
      .execute()
    expect(imported).toEqual(
      facts.map(({ stamp, rows }) => ({ stamp: new Date(stamp), rowCount: rows, status: 'imported' })),
    )
    const terminal = await db.selectFrom('workbook').select('status').where('kind', '=', 'terminal_report').execute()
    expect(terminal.map(({ status }) => status)).toEqual(Array.from({ length: 17 }, () => 'imported'))

    const last = facts.at(-1)
    for (const row of last?.rows_shown ?? []) {
      const [position] = await positions.findMany(db, [String(row['Номер контейнера'])], everything)
      expect(position).toMatchObject({
        operation: row['Операция'],
        operatedAt: new Date(String(row['Дата и время операции'])),
        wagon: row['Номер вагона'],
        kmLeft: row['Расстояние оставшееся'],
      })
      expect(`${position?.station.name} (${position?.station.code})`).toBe(row['Станция операции'])
    }
  }, 300_000)

  test('stores each message once, however often and in whichever process it runs', async ({ db, mailServer }) => {
    await mailServer.append(aMessage({ attachments: [await workbook()] }))
    const one = reader(db, mailServer)
    const other = reader(db, mailServer)
    await Promise.all([one.poll(), other.poll()])
    await one.poll()
    expect(one.stored.length + other.stored.length).toBe(1)
  })

  test('goes on where it stopped', async ({ db, mailServer }) => {
    const { poll, stored } = reader(db, mailServer)
    expect(await poll()).toBe(0)
    await mailServer.append(aMessage({ subject: 'пусто' }))
    await mailServer.append(aMessage({ attachments: [await workbook()] }))
    expect(await poll()).toBe(2)
    expect(await poll()).toBe(0)
    expect(stored).toHaveLength(1)
    expect(await messages(db)).toMatchObject([{ status: 'ignored', reason: 'no_attachments' }, { status: 'stored' }])
  })

  test('imports nothing twice after the server gave out new UIDs', async ({ db, mailServer }) => {
    const { poll, stored } = reader(db, mailServer)
    await mailServer.append(aMessage({ subject: 'первое', attachments: [await workbook()] }))
    await poll()
    await mailServer.resetUidValidity('INBOX')
    await mailServer.append(aMessage({ subject: 'второе', attachments: [await workbook('другой.xlsx')] }))
    await poll()
    expect(stored).toHaveLength(2)
    expect(await messages(db)).toMatchObject([
      { status: 'stored' },
      { status: 'ignored', reason: 'seen_before' },
      { status: 'stored' },
    ])
  })

  test('begins with the window of days at first', async ({ db, mailServer }) => {
    const old = new Date(Date.now() - 20 * 86_400_000)
    await mailServer.append(aMessage({ attachments: [await workbook()] }), { internalDate: old })
    await mailServer.append(aMessage({ attachments: [await workbook('новый.xlsx')] }))
    const { poll, stored } = reader(db, mailServer)
    await poll()
    expect(stored).toHaveLength(1)
  })

  test('is not stopped by a message that is too big', async ({ db, mailServer }) => {
    await mailServer.append(aMessage({ text: 'x'.repeat(30_000) }))
    await mailServer.append(aMessage({ attachments: [await workbook()] }))
    const { poll, stored } = reader(db, mailServer, { maxMessageBytes: 20_000 })
    await poll()
    expect(stored).toHaveLength(1)
    expect(await messages(db)).toMatchObject([{ status: 'refused', reason: 'too_big' }, { status: 'stored' }])
  })

  test('stores every attachment of the odd messages and uses no name as a path', async ({ db, mailServer }) => {
    const odd = await listSamples('odd')
    for (const path of odd) await mailServer.append(await readSample(path))
    const { poll, stored } = reader(db, mailServer)
    await poll()
    expect(stored).toHaveLength(odd.length)
    const names = await db.selectFrom('workbook').select('fileName').execute()
    for (const { fileName } of names) expect(fileName).not.toMatch(/[\\/]/)
  })

  test('says that the login was refused', async ({ mailServer }) => {
    const settings = { ...settingsOf(mailServer), password: 'wrong' }
    await expect(openImapMailbox(settings, { logger })).rejects.toThrow(MailLoginRefused)
  })
})

test('the cursor never moves back within one UIDVALIDITY', async ({ db }) => {
  await mailboxes.moveCursor(db, 'box', { uidValidity: 1, lastUid: 9 })
  await mailboxes.moveCursor(db, 'box', { uidValidity: 1, lastUid: 4 })
  expect(await mailboxes.findCursor(db, 'box')).toMatchObject({ uidValidity: 1, lastUid: 9 })
  await mailboxes.moveCursor(db, 'box', { uidValidity: 2, lastUid: 1 })
  expect(await mailboxes.findCursor(db, 'box')).toMatchObject({ uidValidity: 2, lastUid: 1 })
})
