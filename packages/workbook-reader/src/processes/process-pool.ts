import { type IsolatedProcess, startProcess } from './isolated-process.ts'
import type { Task, TaskOutcome } from './task.ts'

/** Processes that wait for work. A task has a process for itself. */
export interface ProcessPool extends AsyncDisposable {
  /**
   * Works on a task in a process of its own that answers with one message, before which it may send parts. A task that kills the process
   * or keeps it too long is reported, and only this process is lost. Throws when `signal` aborts, when a part is not accepted, and
   * errors of the task.
   */
  readonly run: <Answer>(task: Task) => Promise<TaskOutcome<Answer>>
}

export interface PoolOptions {
  /** Compiled code that calls `serveTasks`: a process on Node 20 cannot run the sources. */
  readonly entry: URL
  /** One process with such a heap waits for a task from the beginning. Without it they are started when they are needed. */
  readonly warm?: { readonly maxHeapMb: number } | undefined
  /** A process ends after so many tasks. */
  readonly mostTasks?: number
}

/**
 * A process that took more for a task is replaced, since it would keep too much of it. Collecting its memory by force would throw the
 * compiled code away as well.
 */
const mostResidentBytes = 250_000_000
/** Another task often follows soon. */
const restMs = 10_000

interface Pooled {
  readonly isolated: IsolatedProcess
  readonly maxHeapMb: number
  tasks: number
}

/** Opens a pool. Its processes end with it, and with this process, however it ends. */
export function openProcessPool({ entry, warm, mostTasks = 100 }: PoolOptions): ProcessPool {
  const waiting: Pooled[] = []
  const all = new Set<Pooled>()
  let isClosed = false

  function start(maxHeapMb: number, isEarly: boolean): Pooled {
    const pooled = { isolated: startProcess({ entry, maxHeapMb, isEarly }), maxHeapMb, tasks: 0 }
    all.add(pooled)
    void pooled.isolated.ended.then(() => forget(pooled))
    return pooled
  }
  function forget(pooled: Pooled): void {
    all.delete(pooled)
    remove(waiting, pooled)
  }
  function end(pooled: Pooled): void {
    forget(pooled)
    pooled.isolated.end()
  }
  function fill(): void {
    if (warm && !isClosed && waiting.length === 0) waiting.push(start(warm.maxHeapMb, true))
  }
  /** The one that worked last is the warmest. */
  function take(maxHeapMb: number): Pooled {
    const place = waiting.findLastIndex((pooled) => pooled.maxHeapMb === maxHeapMb)
    return waiting.splice(place, place === -1 ? 0 : 1)[0] ?? start(maxHeapMb, false)
  }
  function giveBack(pooled: Pooled): void {
    waiting.push(pooled)
    const { tasks } = pooled
    const isSurplus = () => waiting.length > (warm ? 1 : 0) && waiting.includes(pooled) && pooled.tasks === tasks
    setTimeout(() => isSurplus() && end(pooled), restMs).unref()
  }
  function release(pooled: Pooled, isSound: boolean): void {
    const mayGoOn = pooled.tasks < mostTasks && pooled.isolated.residentBytes() <= mostResidentBytes
    if (isSound && mayGoOn && !isClosed) return giveBack(pooled)
    end(pooled)
    return fill()
  }

  fill()
  return {
    async run<Answer>(task: Task) {
      if (isClosed) throw new Error('the pool of processes is closed')
      const pooled = take(task.limits.maxHeapMb)
      pooled.tasks += 1
      let isSound = false
      try {
        const outcome = await pooled.isolated.run<Answer>(task)
        isSound = outcome.kind === 'answered'
        return outcome
      } finally {
        release(pooled, isSound)
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      const ends = [...all].map(async ({ isolated }) => isolated.ended)
      for (const pooled of all) end(pooled)
      await Promise.all(ends)
    },
  }
}

function remove<T>(list: T[], item: T): void {
  const place = list.indexOf(item)
  if (place !== -1) list.splice(place, 1)
}
