import type { Socket } from 'node:net'
import { encodeMessage, type FrameListener } from './frames.ts'
import { openPartWindow } from './part-window.ts'
import type { Reply } from './process-protocol.ts'
import type { Task, TaskDeath, TaskOutcome } from './task.ts'
import { startTimeLimit } from './time-limit.ts'

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It could not be started. */
  readonly error?: Error
  /** The end of what it wrote to its error output. */
  readonly complaint: string
}

/** The side of a conversation that is a running process. */
export interface Partner {
  /** Tasks are written to it; what comes from it is shown to the listener. */
  readonly line: Socket
  readonly listen: (listener: FrameListener | undefined) => void
  readonly ended: Promise<ProcessEnd>
}

export type Answered<Answer> = TaskOutcome<Answer> & { readonly residentBytes?: number }

const heapIsFull = /heap out of memory|heap limit/i

/** Gives a task to a process, and resolves with its answer, or with the fault of the task. Any other end throws. */
export async function converse<Answer>(
  { line, listen, ended }: Partner,
  { data, acceptPart, limits: { timeoutMs }, signal }: Task,
): Promise<Answered<Answer>> {
  return new Promise((resolve, reject) => {
    const limit = startTimeLimit(timeoutMs, () =>
      finish({ kind: 'died', reason: 'too_slow', detail: `not read within ${timeoutMs / 1000} s` }),
    )
    const onAbort = () => fail(signal?.reason)
    function cleanUp(): void {
      listen(undefined)
      limit.clear()
      signal?.removeEventListener('abort', onAbort)
    }
    function finish(outcome: Answered<Answer>): void {
      cleanUp()
      resolve(outcome)
    }
    function fail(error: unknown): void {
      cleanUp()
      reject(error)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    listen({
      part: openPartWindow({ pause: [line, limit], acceptPart, onError: fail }),
      message(message) {
        const reply = message as Reply
        if (reply.kind === 'failure') return fail(reply.error)
        const { answer, residentBytes } = reply
        return finish({ kind: 'answered', answer: answer as Answer, residentBytes })
      },
    })
    ended.then(toDeath).then(finish, fail)
    for (const bytes of encodeMessage(data)) line.write(bytes)
  })
}

/** A full heap is the fault of the file. Another signal may come from the machine: the task is tried again. */
function toDeath({ code, signal, error, complaint }: ProcessEnd): TaskDeath {
  if (error) throw error
  if (heapIsFull.test(complaint))
    return { kind: 'died', reason: 'reader_died', detail: 'needs more memory than a workbook may' }
  throw new Error(`the process ended with ${signal ?? code} before it answered: ${complaint}`)
}
