import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { readParent, readProcessorSeconds } from './processor-time.ts'

test('counts what a process and its ended children have used', async () => {
  const before = await readProcessorSeconds(process.pid)
  const busy = 'const end = Date.now() + 60_000; while (process.cpuUsage().user < 200_000 && Date.now() < end);'
  await once(spawn(process.execPath, ['-e', busy]), 'exit')
  const used = (await readProcessorSeconds(process.pid)) - before
  expect(used).toBeGreaterThan(0.15)
})

test('knows who started a process', async () => {
  expect(await readParent(process.pid)).toBe(process.ppid)
})
