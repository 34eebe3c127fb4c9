import { createHash } from 'node:crypto'
import { openProcessPool, type ProcessPool } from '@atermtrack/workbook-reader'
import type { Chart } from './chart.ts'

export interface Pictures {
  /** Returns the chart as PNG, 1,600 pixels wide on a light ground. Throws when it cannot be drawn. */
  readonly draw: (chart: Chart, signal?: AbortSignal) => Promise<Buffer>
}

/** Drawing takes two seconds of the processor and some 100 MB; whatever takes far more is at fault. */
const limits = { timeoutMs: 120_000, maxHeapMb: 256 }
/** A picture takes some 50 KB. */
const mostKept = 50

/** Draws in a process of its own, and each chart once as long as it is remembered. */
export function createPictures(): Pictures {
  // A process on Node 20 cannot run the sources, which tests run.
  const pool = openProcessPool({ entry: new URL('../dist/drawing-process.js', import.meta.url) })
  const kept = new Map<string, Promise<Buffer>>()
  return {
    async draw(chart, signal) {
      const key = createHash('sha256').update(JSON.stringify(chart)).digest('base64')
      const known = kept.get(key)
      if (known) return known
      const drawn = drawApart(pool, chart, signal)
      kept.set(key, drawn)
      // One that failed is drawn again, and the oldest goes.
      drawn.catch(() => kept.delete(key))
      if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? key)
      return drawn
    },
  }
}

async function drawApart(pool: ProcessPool, chart: Chart, signal: AbortSignal | undefined): Promise<Buffer> {
  const ended = await pool.run<Uint8Array>({ data: { chart }, limits, signal })
  if (ended.kind === 'died') throw new Error(`a chart cannot be drawn: ${ended.detail}`)
  return Buffer.from(ended.answer)
}
