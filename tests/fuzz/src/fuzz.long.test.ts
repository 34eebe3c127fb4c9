import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { atLength, expect, test } from '@atermtrack/testkit'

const run = promisify(execFile)
const main = new URL('../dist/main.js', import.meta.url).pathname
// The short run repeats one seed, so that a failure points at the change at hand. The full run looks for new failures.
const length = atLength({ short: ['--seconds', '15', '--seed', '1'], full: ['--seconds', '600'] })
// Other tests use the processors meanwhile. `.ci/run` runs it alone, with a second for each answer.
const args = [...length, '--healthz-ms', '20000']

test('damaged workbooks and messages break no promise', async () => {
  // It ends with 1 when a promise is broken, and its output says which.
  const { stdout } = await run(process.execPath, [main, ...args]).catch((error: { readonly stdout: string }) => error)
  const [, inputs = '0', broken] = /(\d+) inputs, (\d+) broken promises/.exec(stdout) ?? []
  expect(broken, stdout).toBe('0')
  expect(stdout).toMatch(/^Reading[^]*^Importing/m)
  // Some of a batch may be equal.
  expect(Number(inputs)).toBeGreaterThan(30)
}, 900_000)
