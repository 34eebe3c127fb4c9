import { readFile } from 'node:fs/promises'

/** The kernel counts the time of processes in these ticks, whatever its own clock. */
const ticksPerSecond = 100

/** Seconds of a core that a process and its children have used so far, the ended ones among them. Linux only. */
export async function readProcessorSeconds(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  const counts = await Promise.all([
    countTicks(pid, 4),
    // The count of the parent includes a child that has just ended.
    ...children
      .split(' ')
      .filter(Boolean)
      .map((child) => countTicks(Number(child), 2).catch(() => 0)),
  ])
  return counts.reduce((sum, count) => sum + count, 0) / ticksPerSecond
}

/** The process that started another. */
export async function readParent(pid: number): Promise<number> {
  return Number((await readStat(pid))[1])
}

/** The first two counts are of the process itself, the next two of its ended children. */
async function countTicks(pid: number, counts: 2 | 4): Promise<number> {
  return (await readStat(pid)).slice(11, 11 + counts).reduce((sum, count) => sum + Number(count), 0)
}

/** The fields of the kernel's line from the state on; the part before it holds the name, which may contain any character. */
async function readStat(pid: number): Promise<readonly string[]> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8')
  return line.slice(line.lastIndexOf(')') + 2).split(' ')
}
