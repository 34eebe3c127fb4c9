import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'

// Tests run from the sources, but a thread on Node 20 needs compiled code.
const entry = new URL(
  import.meta.url.replace('/src/', '/dist/').replace(/event-loop-watch\.[jt]s$/, 'event-loop-watch-thread.js'),
)

/** The settings that the thread receives. */
export interface EventLoopWatch {
  /** One number that the main thread changes while its event loop turns. */
  readonly beats: SharedArrayBuffer
  readonly limitMs: number
}

export interface EventLoopWatchOptions {
  readonly logger: Logger
  /** How long the event loop may stand still. */
  readonly limitMs?: number
}

/**
 * Ends the process by SIGKILL when its event loop stands still for too long: then none of our timers runs and no signal is handled, and
 * Compose restarts only processes that have ended. Time in which the whole process is stopped does not count.
 */
export function watchEventLoop({ logger, limitMs = 60_000 }: EventLoopWatchOptions): Disposable {
  const beats = new SharedArrayBuffer(4)
  const view = new Int32Array(beats)
  const timer = setInterval(() => Atomics.add(view, 0, 1), Math.min(500, limitMs / 8))
  timer.unref()
  const workerData: EventLoopWatch = { beats, limitMs }
  const thread = new Worker(entry, {
    workerData,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  })
  thread.unref()
  thread.on('error', (error) => logger.error({ err: error }, 'the event loop is not watched'))
  return {
    [Symbol.dispose]() {
      clearInterval(timer)
      void thread.terminate()
    },
  }
}
