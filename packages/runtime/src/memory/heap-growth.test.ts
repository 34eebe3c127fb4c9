import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const entry = fileURLToPath(new URL('../../dist/memory/heap-growth.js', import.meta.url))

/** The largest heap in MB of a process in which 30 MB are alive, and much that lived a while before it died. */
function largestHeap(beginning: string): number {
  const script = `
    const { growHeapSlowly } = await import(${JSON.stringify(entry)})
    ${beginning}
    const make = () => Array.from({ length: 50_000 }, (_, n) => ({ n, text: 'x' + n }))
    const alive = Array.from({ length: 8 }, make)
    const passing = []
    let most = 0
    for (let round = 0; round < 60; round += 1) {
      passing[round % 4] = make()
      most = Math.max(most, process.memoryUsage().heapTotal)
    }
    console.log(Math.round(most / 1e6), alive.length)`
  const command = ['--max-old-space-size=4096', '--input-type=module', '-e', script]
  return Number.parseInt(execFileSync(process.execPath, command, { encoding: 'utf8' }))
}

test('keeps less garbage than V8 does by itself', () => {
  const [usual, slow] = ['', 'growHeapSlowly()'].map(largestHeap) as [number, number]
  expect(slow).toBeLessThan(usual * 0.8)
})
