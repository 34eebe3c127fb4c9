import { type BackupHealth, backupHealth, type Db, sources } from '@atermtrack/data'
import { countPendingRows } from '@atermtrack/outbox'
import { openQueueStates, type QueueConnection } from '@atermtrack/queue'
import { metrics, startInterval } from '@atermtrack/runtime'

export interface ObserveOptions extends QueueConnection {
  readonly db: Db
  readonly everyMs?: number
}

type Part = 'queues' | 'pending rows' | 'sources' | 'backup'

/**
 * Exports the states of the queues, the rows that wait and the ages of the sources, read again and again so that a scrape reads
 * nothing. A part that cannot be read is no longer exported: an old value would look like a fresh one.
 */
export function observeSystem({ db, everyMs = 30_000, ...connection }: ObserveOptions): AsyncDisposable {
  const states = openQueueStates(connection)
  const { logger } = connection
  const unread = new Set<Part>()
  const parts: readonly (readonly [Part, () => Promise<void>, () => void])[] = [
    ['queues', async () => exportStates(await states.read()), () => exportStates([])],
    ['pending rows', async () => exportPending(await countPendingRows(db)), () => exportPending([])],
    ['sources', async () => exportSources(await sources.listFreshness(db)), () => exportSources([])],
    ['backup', async () => exportBackup(await backupHealth.find(db)), () => exportBackup(undefined)],
  ]
  const watch = startInterval(
    async () => {
      await Promise.all(
        parts.map(async ([part, observe, forget]) => {
          try {
            await observe()
            unread.delete(part)
          } catch (error) {
            forget()
            if (!unread.has(part)) logger.warn({ err: error, part }, 'a part of the system cannot be measured')
            unread.add(part)
          }
        }),
      )
    },
    { what: 'measure the system', everyMs, logger },
  )
  return {
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await states[Symbol.asyncDispose]()
    },
  }
}

function exportStates(states: Awaited<ReturnType<ReturnType<typeof openQueueStates>['read']>>): void {
  metrics.queueJobs.replace(
    states.flatMap(({ queue, jobs }) =>
      Object.entries(jobs).map(([state, count]) => [{ queue, state }, count] as const),
    ),
  )
  metrics.queueOldest.replace(
    states.flatMap(({ queue, oldest }) =>
      Object.entries(oldest).map(([state, since]) => [{ queue, state }, ageOf(since)] as const),
    ),
  )
}

function exportPending(rows: Awaited<ReturnType<typeof countPendingRows>>): void {
  metrics.pendingRows.replace(rows.map(({ queue, waiting }) => [{ queue }, waiting] as const))
  metrics.oldestPendingRow.replace(
    rows.map(({ queue, oldestSince }) => [{ queue }, oldestSince === null ? 0 : ageOf(oldestSince)] as const),
  )
}

function exportSources(all: Awaited<ReturnType<typeof sources.listFreshness>>): void {
  metrics.sourceAge.replace(
    all.flatMap(({ kind, sender, reportNumber, stamp, confirmedAt }) => {
      const newest = confirmedAt ?? stamp
      const labels = { kind, sender: sender ?? '', report: reportNumber ?? '' }
      return newest === null ? [] : [[labels, ageOf(newest)] as const]
    }),
  )
}

function exportBackup(backup: BackupHealth | undefined): void {
  metrics.backupAge.replace(backup ? [[{}, backup.ageSeconds]] : [])
  metrics.backupFailing.replace(backup ? [[{}, backup.failingSince ? 1 : 0]] : [])
}

/** Seconds. */
function ageOf(since: Date): number {
  return Math.max(0, Date.now() - since.getTime()) / 1_000
}
