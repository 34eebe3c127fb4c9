import { readSync, writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { encodeMessage, encodePart, readMessage } from './frames.ts'
import { early, lifeline, taskLine, type Reply } from './process-protocol.ts'

/** Sends bytes ahead of the answer. Blocks the process while the parent accepts no more. */
export type SendPart = (bytes: Uint8Array) => void

export interface ServeOptions {
  /** Run before the first task by a process that is started before it is needed, so that its code is compiled by then. */
  readonly warmUp?: () => Promise<unknown>
}

/**
 * The main function of a process of `openProcessPool`: works on one task after another until the parent ends. An error of `work` is the
 * answer to its task. Everything is read and written without the event loop, since the tasks keep it busy.
 */
export async function serveTasks(
  // The parent, which is of the same build, sends nothing else.
  work: (task: never, sendPart: SendPart) => Promise<unknown>,
  { warmUp }: ServeOptions = {},
): Promise<never> {
  watchParent()
  // The terminal and the supervisor of the service signal all its processes. The parent decides when this one ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
  if (process.argv[2] === early) await warmUp?.()
  for (;;) {
    const task = readTask()
    if (task === undefined) process.exit()
    const reply = await work(task as never, (bytes) => writeAll(encodePart(bytes))).then(
      (answer): Reply => ({ kind: 'answer', answer, residentBytes: process.memoryUsage.rss() }),
      (error: unknown): Reply => ({
        kind: 'failure',
        error: error instanceof Error ? error : new Error(String(error)),
      }),
    )
    writeAll(encodeMessage(reply))
  }
}

/** A task may never give the event loop back, so a thread looks whether the parent lives: its end closes the lifeline. */
function watchParent(): void {
  const entry = new URL('./parent-watch-thread.js', import.meta.url)
  const thread = new Worker(entry, {
    workerData: { lifeline },
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  })
  thread.unref()
}

/** Waits for a task; undefined when the parent has closed the line. */
function readTask(): unknown {
  const reading = readMessage()
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
    if (!fill(value)) return undefined
  }
}

function fill(target: Uint8Array): boolean {
  let filled = 0
  while (filled < target.byteLength) {
    const count = readSync(taskLine, target, filled, target.byteLength - filled, null)
    if (count === 0) return false
    filled += count
  }
  return true
}

function writeAll(buffers: readonly Uint8Array[]): void {
  for (const bytes of buffers) {
    let written = 0
    while (written < bytes.byteLength) written += writeSync(taskLine, bytes, written)
  }
}
