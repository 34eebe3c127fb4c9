import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { atLength, expect, test } from '@atermtrack/testkit'

const run = promisify(execFile)
const main = new URL('../dist/main.js', import.meta.url).pathname
// The short run repeats one seed, so that a red one means the change at hand. The full one looks for what nobody has seen yet.
const args = atLength({ short: ['--seconds', '15', '--seed', '1'], full: ['--seconds', '600'] })

test('damaged workbooks and messages break no promise', async () => {
  // It ends with 1 when a promise is broken, and its output says which.
  const { stdout } = await run(process.execPath, [main, ...args]).catch((error: { readonly stdout: string }) => error)
  const [, inputs = '0', broken] = /(\d+) inputs, (\d+) broken promises/.exec(stdout) ?? []
  expect(broken, stdout).toBe('0')
  // Both phases had their turn.
  expect(stdout).toMatch(/^Reading[^]*^Importing/m)
  expect(Number(inputs)).toBeGreaterThan(40)
}, 900_000)
