import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startServerProcess } from './server-process.ts'

test('a server runs with a UTF-8 locale on a machine that has none', async () => {
  vi.stubEnv('LANG', undefined)
  vi.stubEnv('LC_ALL', 'C')
  const folder = await mkdtemp(join(tmpdir(), 'atermtrack-locale-'))
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  const logFile = join(folder, 'server.log')
  const server = await startServerProcess({
    name: 'a server that shows its environment',
    command: '/bin/sh',
    args: ['-c', 'env; echo complete; exec sleep 60'],
    logFile,
    stopSignal: 'SIGTERM',
    isReady: async () => (await readFile(logFile, 'utf8')).includes('complete'),
  })
  await server.kill9()
  const environment = (await readFile(logFile, 'utf8')).split('\n')
  expect(environment.filter((line) => /^LANG|^LC_/.test(line)).toSorted()).toEqual(['LANG=C.UTF-8', 'LC_ALL=C.UTF-8'])
})
