import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@atermtrack/servers'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { Interrupted } from './interrupts.ts'
import { type ServiceName, serviceNames, startServices } from './services.ts'

const host = '127.0.0.1'
const calm = new AbortController().signal

/** A service that answers /readyz with its status, and stops when asked. */
const serving = (status = 200) => `
  require('node:http')
    .createServer((request, response) => response.writeHead(${status}).end('starting'))
    .listen(Number(process.env.OPS_PORT), process.env.OPS_HOST)
  process.on('SIGTERM', () => process.exit(0))`
const dying = 'process.exit(7)'

let printed: string[]
let exitCode: typeof process.exitCode

beforeEach(() => {
  printed = []
  exitCode = process.exitCode
  for (const method of ['log', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((...parts) => void printed.push(parts.join(' ')))
})

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = exitCode
})

/** Starts services with these programs; all that are not named serve. */
async function start(programs: Partial<Record<ServiceName, string>> = {}, { quiet = true } = {}) {
  const root = await mkdtemp(join(tmpdir(), 'services-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'package.json'), '{"type":"commonjs"}')
  for (const name of serviceNames) {
    const dist = join(root, 'services', name, 'dist')
    await mkdir(dist, { recursive: true })
    await writeFile(join(dist, 'main.js'), programs[name] ?? serving())
  }
  const ports = await Promise.all(serviceNames.map(async () => freePort()))
  return startServices({ root, env: process.env, host, ports, quiet })
}

test('are ready when each of them says so, and stop without complaint', async () => {
  const services = await start()
  await services.ready(calm)
  await services[Symbol.asyncDispose]()
  expect(printed).toEqual([])
  expect(process.exitCode).toBe(exitCode)
})

test('one that does not stay up fails the start of all, by name', async () => {
  await using services = await start({ reporter: dying })
  const refused = 'reporter does not stay up: it ended 3 times in a row, the last time with code 7'
  await expect(services.ready(calm)).rejects.toThrow(refused)
  await expect(services.failed).rejects.toThrow(refused)
})

test('a start that is interrupted while one is not ready yet ends as an interruption', async () => {
  await using services = await start({ ingester: serving(503) })
  const stop = new AbortController()
  const starting = services.ready(stop.signal)
  stop.abort(new Interrupted('SIGINT'))
  await expect(starting).rejects.toThrow(Interrupted)
})

test('one that ends with an error when asked to stop makes the launcher end with one', async () => {
  const unclean = serving().replace('process.exit(0)', 'process.exit(3)')
  const services = await start({ bot: unclean })
  await services.ready(calm)
  await services[Symbol.asyncDispose]()
  expect(process.exitCode).toBe(1)
  expect(printed).toEqual(['bot did not stop cleanly: it ended with code 3'])
})

test.for([
  [true, ['careful']],
  [false, ['as usual', 'careful']],
] as const)('show what they log, warnings alone when they are to be quiet: %s', async ([quiet, shown]) => {
  const line = (level: string, msg: string) =>
    `console.log(JSON.stringify({ level: '${level}', time: new Date().toISOString(), msg: '${msg}' }))`
  await using services = await start(
    { bot: `${line('info', 'as usual')};${line('warn', 'careful')};${serving()}` },
    { quiet },
  )
  await services.ready(calm)
  expect(printed.map((text) => text.replace(/^.* bot +/, ''))).toEqual(shown)
})

test('are gone at once when they are killed', async () => {
  const stubborn = serving().replace('process.exit(0)', '{}')
  const services = await start({ bot: stubborn, ingester: stubborn, reporter: stubborn })
  await services.ready(calm)
  services.kill()
  await services[Symbol.asyncDispose]()
  expect(printed.toSorted()).toEqual(
    ['bot', 'ingester', 'reporter'].map((name) => `${name} did not stop cleanly: it ended with SIGKILL`),
  )
})
