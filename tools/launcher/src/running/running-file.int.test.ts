import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeRunningFile } from './running-file.ts'

interface Bootstrap {
  readonly findRunning: (root: string) => Promise<{ readonly pid: number; readonly said: string } | undefined>
  readonly withRunning: (env: NodeJS.ProcessEnv, running: Readonly<Record<string, string>>) => NodeJS.ProcessEnv
}
// The bootstrap has no types of its own: it runs before anything is built.
const path = new URL('../../../bootstrap/running-system.mjs', import.meta.url).href
const { findRunning, withRunning } = (await import(path)) as Bootstrap

async function aClone(): Promise<{ readonly root: string; readonly file: string }> {
  const root = await mkdtemp(join(tmpdir(), 'running-'))
  onTestFinished(() => rm(root, { recursive: true }))
  return { root, file: join(root, 'var', 'running.json') }
}

/** A process with `launcher` in its command line. */
function startLauncher(name: string): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)', name])
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
  })
  return child.pid ?? 0
}

test('a running system is found with what it says, and is gone with its end', async () => {
  const { root, file } = await aClone()
  expect(await findRunning(root)).toBeUndefined()
  const written = await writeRunningFile(file, { said: 'running: http://127.0.0.1:8081/', env: { DATABASE_URL: 'x' } })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await writeFile(file, JSON.stringify({ pid: startLauncher('tools/launcher/dist/main.js'), said: 'yes', env: {} }))
  expect(await findRunning(root)).toMatchObject({ said: 'yes' })
  await written[Symbol.asyncDispose]()
  expect(await findRunning(root)).toBeUndefined()
})

test('a file that a killed one has left behind counts for nothing, also when its number is used again', async () => {
  const { root, file } = await aClone()
  await writeRunningFile(file, { said: '', env: {} })
  for (const pid of [2 ** 22 - 1, startLauncher('another-program')]) {
    await writeFile(file, JSON.stringify({ pid, said: '', env: {} }))
    expect(await findRunning(root)).toBeUndefined()
  }
})

test('the command line reaches the running system, unless a database is named', () => {
  const running = { DATABASE_URL: 'postgres://demo', REDIS_URL: 'redis://demo' }
  expect(withRunning({ REDIS_URL: 'redis://mine' }, running)).toEqual({
    DATABASE_URL: 'postgres://demo',
    REDIS_URL: 'redis://mine',
  })
  expect(withRunning({ DB_HOST: 'db' }, running)).toEqual({ DB_HOST: 'db' })
})
