import { afterEach, describe, expect, test, vi } from 'vitest'
import { partsUnderWay } from './part-window.ts'
import { runInThread, type ThreadWork } from './run-in-thread.ts'

const limits = { timeoutMs: 60_000, maxHeapMb: 64 }
const partCount = 200
/** What is built of this package: a thread on Node 20 cannot run the sources. */
const partSender = new URL('../../dist/thread/part-window.js', import.meta.url).href

/** A thread that runs `script`, given as the text of a module. */
function threadOf(script: string): URL {
  const imports = `import { parentPort, workerData } from 'node:worker_threads'
    import { createPartSender } from ${JSON.stringify(partSender)}`
  return new URL(`data:text/javascript,${encodeURIComponent(`${imports}\n${script}`)}`)
}

/** Sends its parts as fast as it may, counts them where both threads see it, and answers. */
const sender = threadOf(`
  const send = createPartSender(workerData.partWindow)
  for (let n = 0; n < ${partCount}; n += 1) {
    send({ part: n }, [])
    Atomics.add(workerData.sent, 0, 1)
  }
  parentPort.postMessage({ answer: 'all sent' })`)

function sending(acceptPart: ThreadWork['acceptPart'], options: Partial<ThreadWork> = {}) {
  const sent = new Int32Array(new SharedArrayBuffer(4))
  const work: ThreadWork = {
    entry: sender,
    data: { sent },
    limits,
    acceptPart: (message) => ('part' in (message as object) ? acceptPart?.(message) : undefined),
    ...options,
  }
  return { sent, ended: runInThread<{ answer: string }>(work) }
}

describe('parts of a thread', () => {
  test('are sent no further ahead than they are taken', async () => {
    let begun = 0
    let taken = 0
    const aheads: number[] = []
    const { sent, ended } = sending(async () => {
      begun += 1
      // Time enough for a thread that does not wait to send them all.
      await new Promise((resolve) => setImmediate(resolve))
      aheads.push(Atomics.load(sent, 0) - taken)
      taken += 1
    })
    expect(await ended).toEqual({ kind: 'answered', answer: { answer: 'all sent' } })
    expect(begun).toBe(partCount)
    expect(Math.max(...aheads)).toBeLessThanOrEqual(partsUnderWay)
  })

  test('that cannot be taken end the work with the reason', async () => {
    const { ended } = sending(async () => Promise.reject(new Error('the disk is full')))
    await expect(ended).rejects.toThrow('the disk is full')
  })

  test('that nobody takes do not keep a work from being given up', async () => {
    const controller = new AbortController()
    let held = 0
    const { ended } = sending(
      async () => {
        held += 1
        if (held === partsUnderWay) controller.abort(new Error('the service is going down'))
        return new Promise<void>(() => undefined)
      },
      { signal: controller.signal },
    )
    await expect(ended).rejects.toThrow('the service is going down')
  })
})

describe('the time limit of a thread', () => {
  afterEach(() => vi.useRealTimers())

  test('does not run while the thread waits for its parts to be taken', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const held: (() => void)[] = []
    let isFull: () => void = () => undefined
    const full = new Promise<void>((resolve) => (isFull = resolve))
    let isOpen = false
    const { ended } = sending(async () => {
      if (isOpen) return
      await new Promise<void>((resolve) => {
        held.push(resolve)
        if (held.length === partsUnderWay) isFull()
      })
    })
    await full
    vi.advanceTimersByTime(10 * limits.timeoutMs)
    isOpen = true
    for (const take of held) take()
    expect(await ended).toMatchObject({ kind: 'answered' })
  })

  test('ends a thread that neither answers nor waits', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const ended = runInThread({ entry: threadOf('setInterval(() => undefined, 1_000)'), data: {}, limits })
    vi.advanceTimersByTime(limits.timeoutMs)
    expect(await ended).toEqual({ kind: 'died', reason: 'too_slow', detail: 'not read within 60 s' })
  })
})
