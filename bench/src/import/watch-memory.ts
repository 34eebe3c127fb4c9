import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

const everyMs = 50

/**
 * Adds up the memory of a process and its children while `work` runs, and returns the most in MB. A page that several of them share
 * counts once (PSS). Linux only.
 */
export async function watchMemory(pid: number, work: () => Promise<void>): Promise<number> {
  const done = new AbortController()
  const watching = watchUntil(pid, done.signal)
  try {
    await work()
  } finally {
    done.abort()
  }
  return watching
}

async function watchUntil(pid: number, signal: AbortSignal): Promise<number> {
  let most = 0
  while (!signal.aborted) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
    const each = await Promise.all([pid, ...children.split(' ').filter(Boolean)].map(shareOf))
    most = Math.max(
      most,
      each.reduce((sum, kilobytes) => sum + kilobytes, 0),
    )
    await delay(everyMs)
  }
  return most / 1024
}

/** In KB; none of a process that has just ended. */
async function shareOf(pid: number | string): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0)
}
