import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

const built = new URL('../dist/interrupts.js', import.meta.url).href

/** A process that listens for interrupts and runs on; `says` resolves at the next line that it writes to either output. */
function start() {
  const script = `
    import { listenForInterrupts, Interrupted } from ${JSON.stringify(built)}
    const signal = listenForInterrupts(() => console.log('second'))
    signal.addEventListener('abort', () => console.log('aborted', signal.reason instanceof Interrupted))
    setInterval(() => undefined, 1_000)
    console.log('up')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  const lines: string[] = []
  let look: () => void = () => undefined
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      lines.push(line)
      look()
    })
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      look = () => lines.includes(text) && resolve()
      look()
    })
  return { child, lines, says, ended: once(child, 'exit') }
}

test.for(['SIGINT', 'SIGTERM'] as const)('the first %s aborts, and ends nothing', async (name) => {
  const { child, says, ended } = start()
  await says('up')
  child.kill(name)
  await says('aborted true')
  await says(`${name}: stopping, once more to force it`)
  expect([child.exitCode, child.signalCode]).toEqual([null, null])
  child.kill('SIGKILL')
  await ended
})

test('the second signal forces the end, whichever came first', async () => {
  const { child, lines, says, ended } = start()
  await says('up')
  child.kill('SIGTERM')
  await says('aborted true')
  child.kill('SIGINT')
  expect(await ended).toEqual([1, null])
  expect(lines).toContain('SIGINT again: everything is ended at once')
  expect(lines).toContain('second')
})
