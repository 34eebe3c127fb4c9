import { readFile } from 'node:fs/promises'

export interface ProcessMemory {
  readonly residentMb: number
  /** The most that was ever resident. */
  readonly peakMb: number
}

/** The kernel's figures about a running process. Linux only. */
export async function readProcessMemory(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return { residentMb: megabytes(status, 'VmRSS'), peakMb: megabytes(status, 'VmHWM') }
}

function megabytes(status: string, field: string): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]
  if (kilobytes === undefined) throw new Error(`the kernel tells no ${field}`)
  return Number(kilobytes) / 1024
}
