import type { EventSettings } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '../platform/client.ts'
import { arrayText } from '../platform/statements/array-text.ts'
import { selectColumns } from '../platform/statements/columns.ts'
import { sourcesOfPasts, toPasts } from './container-pasts.ts'
import { type Derivation, derivationOf, deriveContainer, type Findings, noFindings } from './derive-batch.ts'
import { insertEvents, sourceOfStored, toStored, updateEvents, withdrawEvents } from './event-store.ts'
import { storeStates } from './event-states.ts'
import { readDirectories } from './directories.ts'
import { findDue, completeDetection, listExamined, lockDetection } from './examined-containers.ts'
import { readAhead } from './read-ahead.ts'

/** Containers whose past is held in memory at a time, twice over: while one batch is worked on, the next is read. */
const batchSize = 2_000

/** Containers that are worked on before the connection gets its turn, so that the database is never left without work. */
const turnSize = 25

/** How many rows a detection has written, and whether there is something to tell. */
export interface Detection {
  readonly examined: number
  readonly added: number
  readonly news: number
  readonly withdrawn: number
  readonly returned: number
  /** Whether somebody may be to be alerted: there is news, or news was withdrawn or has come back. */
  readonly hasAlerts: boolean
  /** The workbook was undone meanwhile, or imported again. */
  readonly isDueAgain: boolean
}

/** The rules of a detection, and what it waits for and ends with. */
export interface DetectOptions {
  readonly settings: Omit<EventSettings, 'stampsOf'>
  readonly signal: AbortSignal
  /** Waits while the machine has something more urgent to do. */
  readonly giveWay?: (signal: AbortSignal) => Promise<void>
}

/**
 * Detects the events of the containers that a workbook has changed, in the transaction `tx`; undefined when another job was first. A
 * detection that is killed leaves nothing behind, and the next one does all of it.
 */
export async function detectEvents(tx: Db, workbookId: number, options: DetectOptions): Promise<Detection | undefined> {
  await lockDetection(tx)
  const workbook = await findDue(tx, workbookId)
  if (!workbook) return undefined
  const containers = await listExamined(tx, workbook)
  const derivation = derivationOf(options.settings, await readDirectories(tx))
  const total = { added: 0, news: 0, withdrawn: 0, returned: 0 }
  let writing = Promise.resolve()
  try {
    const batches = readAhead(batchesOf(containers), async (batch) => readBatch(tx, batch, derivation))
    for await (const { batch, read } of batches) {
      const findings = await deriveBatch(batch, read, derivation, options)
      total.added += findings.added.length
      total.news += findings.counts.news
      total.withdrawn += findings.counts.withdrawn
      total.returned += findings.counts.returned
      await writing
      writing = write(tx, findings, workbookId)
      // Its error is thrown where it is awaited; until then it must not end the process.
      writing.catch(() => undefined)
    }
  } finally {
    await writing
  }
  const hasAlerts = total.news + total.withdrawn + total.returned > 0
  const isDueAgain = await completeDetection(tx, workbook, { hasAlerts })
  return { examined: containers.length, hasAlerts, isDueAgain, ...total }
}

function batchesOf(containers: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(containers.length / batchSize) }, (_, index) =>
    containers.slice(index * batchSize, (index + 1) * batchSize),
  )
}

/** Reads the rows about some containers, in one statement: they are put together when the next ones are under way. */
async function readBatch(tx: Db, containers: readonly string[], { directories, comparedFrom }: Derivation) {
  const list: RawBuilder<readonly string[]> = sql`${arrayText(containers)}::text[]`
  const sources = { ...sourcesOfPasts(list, directories), stored: sourceOfStored(list, comparedFrom) }
  return selectColumns(tx, sources)
}

type BatchTexts = Awaited<ReturnType<typeof readBatch>>

async function deriveBatch(
  containers: readonly string[],
  texts: BatchTexts,
  derivation: Derivation,
  { signal, giveWay }: DetectOptions,
): Promise<Findings> {
  const pasts = toPasts(containers, texts, derivation.directories)
  const stored = toStored(texts.stored)
  const findings = noFindings()
  let place = 0
  for (const [container, past] of pasts) {
    if (place % turnSize === 0) {
      await nextTurn()
      signal.throwIfAborted()
      await giveWay?.(signal)
    }
    place += 1
    deriveContainer(container, { past, stored: stored.get(container) ?? [] }, derivation, findings)
  }
  return findings
}

async function write(tx: Db, findings: Findings, workbookId: number): Promise<void> {
  await insertEvents(tx, findings.added, workbookId)
  await updateEvents(tx, findings.moved)
  await withdrawEvents(tx, findings.withdrawnIds)
  await storeStates(tx, findings.states)
}
