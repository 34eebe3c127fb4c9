import { createHash } from 'node:crypto'
import { type Db, type WorkbookStatus, workbooks } from '@atermtrack/data'
import { importWorkbook, type Queues } from '@atermtrack/queue'
import type pg from 'pg'
import { setTimeout as delay } from 'node:timers/promises'

export interface ImportPlace {
  readonly db: Db
  readonly client: pg.Client
  readonly queues: Queues
}

export interface Arrival {
  readonly content: Buffer
  readonly sentAt: Date
  readonly expected: WorkbookStatus
}

const pollMs = 5
const limitMs = 180_000

/**
 * Stores a workbook as if it had come by mail, has the running ingester import it, and returns the seconds from the enqueueing
 * until its row shows the outcome. Throws when the outcome is not the expected one.
 */
export async function timeImport(place: ImportPlace, { content, sentAt, expected }: Arrival): Promise<number> {
  const workbookId = await workbooks.insert(place.db, {
    origin: 'mail',
    sender: 'cargolk@gvc.rzd.ru',
    fileName: '103.xlsx',
    content,
    sha256: createHash('sha256').update(content).digest(),
    sentAt,
    receivedAt: sentAt,
  })
  if (workbookId === undefined) throw new Error('the workbook was not stored')
  const startedAt = performance.now()
  await place.queues.enqueue(importWorkbook, { workbookId })
  const { status, reason } = await untilCompleted(place.client, workbookId)
  const seconds = (performance.now() - startedAt) / 1000
  if (status !== expected) throw new Error(`the workbook ended as ${status} (${reason}) instead of ${expected}`)
  return seconds
}

interface Completed {
  readonly status: WorkbookStatus | 'pending'
  readonly reason: string | null
}

async function untilCompleted(client: pg.Client, workbookId: number): Promise<Completed> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const { rows } = await client.query<Completed>('select status, reason from workbook where id = $1', [workbookId])
    const [row] = rows
    if (row && row.status !== 'pending') return row
    if (performance.now() > deadline) throw new Error(`the import did not end within ${limitMs / 1000} s`)
    await delay(pollMs)
  }
}
