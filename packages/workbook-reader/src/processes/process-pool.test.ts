import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { Task } from './task.ts'
import { openProcessPool, type PoolOptions, type ProcessPool } from './process-pool.ts'

// Takes up to 20 s: starts a dozen processes.

const folder = await mkdtemp(join(tmpdir(), 'pool-'))
afterAll(async () => rm(folder, { recursive: true }))
/** What is built of this package: a process on Node 20 cannot run the sources. */
const built = (file: string) => new URL(`../../dist/processes/${file}`, import.meta.url).href

/** The work of the processes by the name of the task. */
const entry = await script(
  'tasks.mjs',
  `import { serveTasks } from ${JSON.stringify(built('serve-tasks.js'))}
  let warm = false
  await serveTasks(async ({ task, bytes }, sendPart) => {
    if (task === 'pid') return { pid: process.pid, warm, secrets: Object.keys(process.env) }
    if (task === 'echo') return { bytes, at: new Date(0) }
    if (task === 'fail') throw new RangeError('no such zone')
    if (task === 'eat') for (const all = [];;) all.push(new Array(100_000).fill(all.length))
    if (task === 'spin') for (;;);
    if (task === 'crash') process.kill(process.pid, 'SIGSEGV')
    for (let n = 0; n < 60; n += 1) sendPart(new Uint8Array(1_000_000).fill(n))
    return 'all sent'
  }, { warmUp: async () => { warm = true } })`,
)

async function script(name: string, text: string): Promise<URL> {
  const path = join(folder, name)
  await writeFile(path, text)
  return pathToFileURL(path)
}

const limits = { timeoutMs: 60_000, maxHeapMb: 64 }

interface Worker {
  readonly pid: number
  readonly warm: boolean
  readonly secrets: readonly string[]
}

function open(options: Partial<PoolOptions> = {}): ProcessPool {
  return openProcessPool({ entry, ...options })
}

async function run(pool: ProcessPool, task: string, options: Partial<Task> = {}): Promise<unknown> {
  const outcome = await pool.run({ data: { task, bytes: Buffer.from('abc') }, limits, ...options })
  return outcome.kind === 'answered' ? outcome.answer : outcome
}

async function worker(pool: ProcessPool): Promise<Worker> {
  return (await run(pool, 'pid')) as Worker
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a pool of processes', () => {
  test('gives one task after another to the same process, until it has had enough of them', async () => {
    await using pool = open({ mostTasks: 3 })
    expect(await run(pool, 'echo')).toEqual({ bytes: new Uint8Array([97, 98, 99]), at: new Date(0) })
    const { pid, secrets } = await worker(pool)
    expect(secrets.filter((name) => !/^(?:PWD|SHLVL|_|OLDPWD)$/.test(name))).toEqual([])
    expect((await worker(pool)).pid).toBe(pid)
    expect((await worker(pool)).pid).not.toBe(pid)
    expect(lives(pid)).toBe(false)
  })

  test('gives tasks of one moment to different processes', async () => {
    await using pool = open()
    const [first, second] = await Promise.all([worker(pool), worker(pool)])
    expect(first.pid).not.toBe(second.pid)
  })

  test('has a warm process before the first task, and another one after a loss', async () => {
    await using pool = open({ warm: limits })
    const first = await worker(pool)
    expect(first.warm).toBe(true)
    expect(await run(pool, 'eat')).toMatchObject({ kind: 'died' })
    const second = await worker(pool)
    expect(second.warm).toBe(true)
    expect(second.pid).not.toBe(first.pid)
  })

  test('throws the errors of a task, and does not use its process again', async () => {
    await using pool = open()
    const { pid } = await worker(pool)
    await expect(run(pool, 'fail')).rejects.toThrow(new RangeError('no such zone'))
    expect((await worker(pool)).pid).not.toBe(pid)
  })

  test('blames a task that fills the heap, and not one whose process was killed', async () => {
    await using pool = open()
    expect(await run(pool, 'eat')).toEqual({
      kind: 'died',
      reason: 'reader_died',
      detail: 'needs more memory than a workbook may',
    })
    await expect(run(pool, 'crash')).rejects.toThrow('SIGSEGV')
  })

  test('ends a task that is given up', async () => {
    await using pool = open()
    const { pid } = await worker(pool)
    const controller = new AbortController()
    const given = run(pool, 'spin', { signal: controller.signal })
    controller.abort(new Error('the service is going down'))
    await expect(given).rejects.toThrow('the service is going down')
    await vi.waitUntil(() => !lives(pid), { timeout: 20_000 })
  })

  test('ends with its process, even one that is killed, and a task that never lets go ends as well', async () => {
    const parent = await script(
      'parent.mjs',
      `import { openProcessPool } from ${JSON.stringify(built('process-pool.js'))}
      const pool = openProcessPool({ entry: new URL('tasks.mjs', import.meta.url) })
      const task = (name) => pool.run({ data: { task: name }, limits: ${JSON.stringify(limits)} })
      const { answer } = await task('pid')
      task('spin')
      const idle = await task('pid')
      console.log(JSON.stringify([answer.pid, idle.answer.pid]))
      setInterval(() => undefined, 1_000)`,
    )
    const child = spawn(process.execPath, [fileURLToPath(parent)], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const pids = JSON.parse(line.toString()) as number[]
    expect(pids.map(lives)).toEqual([true, true])
    child.kill('SIGKILL')
    await vi.waitUntil(() => !pids.some(lives), { timeout: 20_000 })
  })
})

describe('parts of a task', () => {
  test('are sent no further ahead than they are accepted, and arrive in order', async () => {
    await using pool = open()
    const releases: (() => void)[] = []
    const numbers: number[] = []
    let [count, isOpen] = [0, false]
    const acceptPart = async (bytes: Uint8Array) => {
      count += bytes.length
      numbers.push(bytes[0] ?? -1, bytes.at(-1) ?? -1)
      if (!isOpen) await new Promise<void>((resolve) => releases.push(resolve))
    }
    const sent = run(pool, 'send', { acceptPart })
    await vi.waitUntil(() => count >= 12_000_000, { timeout: 20_000 })
    // Time enough for a process that does not wait to send them all.
    await worker(pool)
    expect(count).toBeLessThan(13_000_000)
    isOpen = true
    for (const release of releases) release()
    expect(await sent).toBe('all sent')
    expect(count).toBe(60_000_000)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect([numbers[0], numbers.at(-1)]).toEqual([0, 59])
  })

  test('that cannot be accepted end the task with the reason', async () => {
    await using pool = open()
    const acceptPart = async () => Promise.reject(new Error('the disk is full'))
    await expect(run(pool, 'send', { acceptPart })).rejects.toThrow('the disk is full')
  })

  test('that nobody accepts do not keep a task from being given up', async () => {
    await using pool = open()
    const controller = new AbortController()
    let held = 0
    const acceptPart = async (bytes: Uint8Array) => {
      held += bytes.length
      if (held >= 12_000_000) controller.abort(new Error('the service is going down'))
      return new Promise<void>(() => undefined)
    }
    await expect(run(pool, 'send', { acceptPart, signal: controller.signal })).rejects.toThrow('going down')
  })
})

describe('the time limit of a task', () => {
  afterEach(() => vi.useRealTimers())

  test('does not run while the process waits for its parts to be accepted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    await using pool = open()
    const releases: (() => void)[] = []
    let [held, isOpen] = [0, false]
    let isFull: () => void = () => undefined
    const full = new Promise<void>((resolve) => (isFull = resolve))
    const acceptPart = async (bytes: Uint8Array) => {
      if (isOpen) return
      held += bytes.length
      if (held >= 12_000_000) isFull()
      await new Promise<void>((resolve) => releases.push(resolve))
    }
    const sent = run(pool, 'send', { acceptPart })
    await full
    vi.advanceTimersByTime(10 * limits.timeoutMs)
    isOpen = true
    for (const release of releases) release()
    expect(await sent).toBe('all sent')
  })

  test('ends a process that neither answers nor waits', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    await using pool = open()
    const ended = run(pool, 'spin')
    vi.advanceTimersByTime(limits.timeoutMs)
    expect(await ended).toEqual({ kind: 'died', reason: 'too_slow', detail: 'not read within 60 s' })
  })
})
