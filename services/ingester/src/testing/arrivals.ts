import { createProcessRoom, importWorkbook } from '@atermtrack/queue'
import { recordQueues } from '@atermtrack/testkit'
import { createHash, randomUUID } from 'node:crypto'
import { type Db, type ArrivedWorkbook, workbooks, createJobRunner } from '@atermtrack/data'
import { pino } from 'pino'
import { createImportWorkbook } from '../importing/import-workbook.ts'
import { openWorkbookReaders } from '../importing/workbook-readers.ts'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'

export const context = { logger: pino({ level: 'silent' }), attempt: 1, signal: new AbortController().signal }
export const adminChatId = 1001

export interface Arrival {
  readonly content: Uint8Array
  readonly fileName?: string
  readonly sender?: string
  readonly origin?: ArrivedWorkbook['origin']
  /** As the sender claims it. */
  readonly sentAt?: Date
  readonly receivedAt?: Date
  readonly replyChatId?: number
  readonly declared?: ArrivedWorkbook['declared']
}

/** Stores a workbook as if it had come by mail from the railway's robot. */
export async function arrive(db: Db, arrival: Arrival): Promise<number> {
  const {
    content,
    fileName = 'отчёт.xlsx',
    sender = 'robot@rail.example',
    origin = 'mail',
    sentAt,
    receivedAt = new Date('2025-09-05T00:00:00Z'),
    replyChatId,
    declared,
  } = arrival
  const sha256 = createHash('sha256').update(content).digest()
  const id = await workbooks.insert(db, {
    origin,
    sender,
    fileName,
    content,
    sha256,
    receivedAt,
    sentAt,
    declared,
    ...(replyChatId !== undefined && { replyChatId }),
  })
  if (id === undefined) throw new Error('not stored')
  return id
}

/** Readers for all tests; they are started for the first file, and end with the tests. */
export const readers = openWorkbookReaders()

/** File names of any kind. */
export const anyName = { dislocation: ['*'], terminal_report: ['*'], train_roster: ['*'] }

/** Imports workbooks as the service does, and those that an archive held after it. */
export function importer(db: Db, { sourceZone = 'Europe/Moscow' } = {}): (workbookId: number) => Promise<void> {
  const { queues, take } = recordQueues()
  const run = createImportWorkbook({
    db,
    run: createJobRunner(db, { table: 'workbook', process: randomUUID(), room: createProcessRoom() }),
    sourceZone,
    terminalZone: 'Asia/Vladivostok',
    adminChatIds: [adminChatId],
    reading: defaultReadingSettings,
    readers,
    senders: {
      dislocation: ['robot@rail.example'],
      terminal_report: ['terminal@port.example'],
      train_roster: ['dispatch@port.example'],
    },
    filePatterns: anyName,
    queues,
  })
  return async (workbookId) => {
    await run({ workbookId }, context)
    for (const contained of take(importWorkbook)) await run(contained, context)
  }
}

export async function stateOf(db: Db, id: number) {
  const columns = ['status', 'reason', 'kind', 'rowCount', 'attempts', 'confirmedAt'] as const
  return db.selectFrom('workbook').select(columns).where('id', '=', id).executeTakeFirstOrThrow()
}
