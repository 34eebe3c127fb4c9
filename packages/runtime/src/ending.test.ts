import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'

// Takes up to 20 s: starts processes that end after limits of their own.

// A process of its own: it runs what was built.
const modules = new URL('../dist/', import.meta.url).href

/** Runs a service in a process of its own: `run` is the body of the function that runService gets, with `service` at hand. */
function startService(run: string, { shutdownMs = 100 } = {}) {
  const options = { service: 'test', logLevel: 'info', opsPort: 0, opsHost: '127.0.0.1', shutdownMs, secrets: [] }
  return start(`
    import { runMain, runService } from '${modules}index.js'
    const hang = () => new Promise(() => setInterval(() => undefined, 1_000))
    await runMain(() => runService(${JSON.stringify(options)}, async (service) => {
      let close = async () => console.log('part ended')
      try {
        ${run}
      } finally {
        await close()
      }
    }))`)
}

function start(code: string) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code])
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines: string[] = []
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => lines.push(line))
  const ended = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }))
  return { child, lines, ended }
}

async function seen({ child, lines }: { child: ChildProcess; lines: readonly string[] }, text: string): Promise<void> {
  while (!lines.some((line) => line.includes(text))) {
    if (child.exitCode !== null) throw new Error(`ended without ${text}:\n${lines.join('\n')}`)
    await delay(10)
  }
}

test('a signal ends it in order with code 0', async () => {
  const service = startService(`console.log('begun'); await service.untilEnd()`)
  await seen(service, 'begun')
  service.child.kill('SIGTERM')
  expect(await service.ended).toEqual({ code: 0, signal: null })
  expect(service.lines).toContain('part ended')
})

test('a signal in the middle of the start is no error', async () => {
  const service = startService(`
    console.log('begun')
    await new Promise((resolve) => service.signal.addEventListener('abort', resolve))
    service.signal.throwIfAborted()`)
  await seen(service, 'begun')
  service.child.kill('SIGTERM')
  expect(await service.ended).toEqual({ code: 0, signal: null })
})

test.each([
  ['an unhandled rejection', `void Promise.reject(new Error('broken'))`],
  ['an error that nobody catches', `setTimeout(() => { throw new Error('broken') })`],
  ['a part that cannot go on', `service.health.fail(new Error('broken'))`],
])('%s ends it in order with code 1', async (_what, cause) => {
  const service = startService(`${cause}; await service.untilEnd()`)
  expect(await service.ended).toEqual({ code: 1, signal: null })
  expect(service.lines).toContain('part ended')
  expect(service.lines.filter((line) => line.includes('"level":"fatal"'))).toEqual([expect.stringContaining('broken')])
})

test.each([
  ['while its parts hang', `close = hang; void Promise.reject(new Error('broken')); await service.untilEnd()`],
  ['while it is still starting', `void Promise.reject(new Error('broken')); await hang()`],
])('a fatal error ends it by force %s', async (_what, run) => {
  const service = startService(run)
  expect(await service.ended).toEqual({ code: 1, signal: null })
  expect(service.lines.some((line) => line.includes('shutdown took too long'))).toBe(true)
})

test('an error of what it runs is logged, and ends it with code 1', async () => {
  const service = startService(`throw new Error('broken')`)
  expect(await service.ended).toEqual({ code: 1, signal: null })
  expect(service.lines.some((line) => line.includes('"level":"fatal"') && line.includes('broken'))).toBe(true)
})

const watched = (body: string) => `
  import { watchEventLoop } from '${modules}event-loop-watch.js'
  const watch = watchEventLoop({ logger: console, limitMs: 1_000 })
  setInterval(() => console.log('turned'), 50)
  ${body}`

test('an event loop that stands still ends the process', async () => {
  const blocked = start(watched(`setTimeout(() => { for (;;); }, 200)`))
  expect(await blocked.ended).toEqual({ code: null, signal: 'SIGKILL' })
  expect(blocked.lines.some((line) => line.includes('the event loop stands still'))).toBe(true)
})

test('a process that was stopped and continues is not ended for it', async () => {
  const stopped = start(watched(`process.on('SIGTERM', () => process.exit(0))`))
  await seen(stopped, 'turned')
  stopped.child.kill('SIGSTOP')
  await delay(2_500)
  const before = stopped.lines.length
  stopped.child.kill('SIGCONT')
  while (stopped.lines.length < before + 20) await delay(10)
  stopped.child.kill('SIGTERM')
  expect(await stopped.ended).toEqual({ code: 0, signal: null })
})
