import { expect, test } from 'vitest'
import { supervise, type SupervisorOptions } from './process-supervisor.ts'

/** Runs a line of JavaScript in a process of its own; `seen` resolves at the n-th line that holds the text. */
function start(script: string, options: Partial<SupervisorOptions> = {}) {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const process_ = supervise({
    name: 'the process',
    command: [process.execPath, '-e', script],
    env: process.env,
    onLine(line) {
      lines.push(line)
      for (const look of waiting) look()
    },
    pauseMs: 10,
    ...options,
  })
  const seen = (text: string, times = 1) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (lines.filter((line) => line.includes(text)).length >= times) resolve()
      }
      waiting.add(look)
      look()
    })
  return { ...process_, lines, seen }
}

const stayUp = 'setInterval(() => {}, 1000)'

test('a stopped process gets SIGTERM once and its ending is returned', async () => {
  const { seen, stop, lines } = start(
    `${stayUp}; process.on('SIGTERM', () => { console.log('asked'); setTimeout(() => process.exit(0), 50) }); console.log('up')`,
  )
  await seen('up')
  expect(await stop()).toBe('code 0')
  expect(lines).toEqual(['up', 'asked'])
})

test('a process that ends by itself is started again', async () => {
  const { seen, stop, lines } = start(`console.log('up'); setTimeout(() => process.exit(7), 50)`, { quickMs: 0 })
  await seen('up', 4)
  expect(lines).toContain('the process ended with code 7, it is started again')
  await stop()
})

test('the supervisor gives up after three quick deaths in a row', async () => {
  const { givenUp, lines } = start(`console.log('up'); process.exit(7)`)
  await expect(givenUp).rejects.toThrow(
    'the process does not stay up: it ended 3 times in a row, the last time with code 7',
  )
  expect(lines.filter((line) => line === 'up')).toHaveLength(3)
})

test('a process that ignores SIGTERM is killed after its grace', async () => {
  const { seen, stop } = start(`${stayUp}; process.on('SIGTERM', () => {}); console.log('up')`, { graceMs: 50 })
  await seen('up')
  expect(await stop()).toBe('SIGKILL')
})
