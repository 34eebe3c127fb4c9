import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { converse, type ProcessEnd } from './converse.ts'
import { createFrameParser, type FrameListener } from './frames.ts'
import { early, lifeline, taskLine } from './process-protocol.ts'
import type { Task, TaskOutcome } from './task.ts'

/** A process that works on one task at a time. */
export interface IsolatedProcess {
  /**
   * Throws when `signal` aborts, when a part is not accepted, and errors of the task. Unless it is `answered` the process must be
   * ended: it may be at work still.
   */
  readonly run: <Answer>(task: Task) => Promise<TaskOutcome<Answer>>
  /** Memory of the process at the end of its last task. */
  readonly residentBytes: () => number
  /** Resolves when the process is gone. */
  readonly ended: Promise<unknown>
  /** Ends it at once, whatever it is doing. */
  readonly end: () => void
}

const longestComplaint = 4_000

export interface StartOptions {
  /** Compiled code that calls `serveTasks`. */
  readonly entry: URL
  readonly maxHeapMb: number
  /** There is no task for it yet. */
  readonly isEarly: boolean
}

/** Starts a process; it ends with this one, however this one ends. */
export function startProcess(options: StartOptions): IsolatedProcess {
  const child = spawnProcess(options)
  // All are sockets, by `stdio`.
  const line = child.stdio[taskLine] as Socket
  const others = [child.stderr as Socket, child.stdio[lifeline] as Socket]
  const ended = watchEnd(child)
  let listener: FrameListener | undefined
  let residentBytes = 0
  line.on(
    'data',
    createFrameParser({
      part: (bytes) => listener?.part(bytes),
      message: (message) => listener?.message(message),
    }),
  )
  // The end of the process says what there is to say.
  for (const stream of [line, ...others]) stream.on('error', () => undefined)
  // A process that waits for work does not keep this one from ending.
  for (const handle of [child, line, ...others]) handle.unref()
  return {
    async run<Answer>(task: Task) {
      task.signal?.throwIfAborted()
      for (const handle of [child, line]) handle.ref()
      try {
        const outcome = await converse<Answer>({ line, listen: (next) => (listener = next), ended }, task)
        residentBytes = outcome.residentBytes ?? 0
        return outcome
      } finally {
        for (const handle of [child, line]) handle.unref()
      }
    },
    residentBytes: () => residentBytes,
    ended,
    end() {
      // Nothing else may keep this process alive while it waits for that end.
      for (const handle of [child, line, ...others]) handle.ref()
      child.kill('SIGKILL')
      line.destroy()
    },
  }
}

function spawnProcess({ entry, maxHeapMb, isEarly }: StartOptions): ChildProcess {
  const heap = `--max-old-space-size=${maxHeapMb}`
  const command = [process.execPath, heap, fileURLToPath(entry), ...(isEarly ? [early] : [])]
  // A full heap aborts the process, and the abort must not write the heap to the disk.
  return spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$0" "$@"', ...command], {
    // A reader has no business with the secrets of the service.
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
}

async function watchEnd(child: ChildProcess): Promise<ProcessEnd> {
  let complaint = ''
  child.stderr?.on('data', (text: Buffer) => (complaint = (complaint + text.toString()).slice(-longestComplaint)))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error, complaint }))
    child.once('close', (code, signal) => resolve({ code, signal, complaint }))
  })
}
