import { fetchDocument, startWorker, type WorkerHealth } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { createFetchDocument, failDocument, type FetchDependencies } from './fetch-document.ts'

export interface FetchingOptions extends FetchDependencies {
  readonly logger: Logger
  readonly health: WorkerHealth
  readonly redisUrl: string
  readonly queuePrefix: string
  /** How long a closing worker waits for the downloads under way. */
  readonly graceMs?: number
}

/** Starts the worker that fetches the files that people send. */
export function startFetching(options: FetchingOptions): AsyncDisposable {
  const { logger, health, redisUrl, queuePrefix, graceMs } = options
  return startWorker(fetchDocument, createFetchDocument(options), {
    url: redisUrl,
    prefix: queuePrefix,
    logger,
    health,
    concurrency: 2,
    ...(graceMs !== undefined && { graceMs }),
    onFailed: async ({ documentId }) => failDocument(options, documentId, 'unreachable'),
  })
}
