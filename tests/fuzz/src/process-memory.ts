import { readFile } from 'node:fs/promises'

/** The most memory in MB that a running process ever had resident, by the kernel. Linux only. */
export async function readPeakMb(pid: number): Promise<number> {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error('the kernel reports no peak memory')
  return Number(kilobytes) / 1024
}
