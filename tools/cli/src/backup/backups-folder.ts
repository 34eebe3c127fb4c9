import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestFile, parseManifest } from './manifest.ts'

/** A backup in its folder. */
export interface StoredBackup {
  readonly name: string
  readonly createdAt: Date
}

/** Which backups stay: the newest `count` always, and of the others those of the last `days`. */
export interface Retention {
  readonly count: number
  readonly days: number
}

const wholeName = /^atermtrack-(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
const partialName = /^atermtrack-.*\.partial$/
const dayMs = 86_400_000

export function nameOf(at: Date): string {
  return `atermtrack-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`
}

export function partialOf(name: string): string {
  return `${name}.partial`
}

/** The whole backups of a folder, newest first; none where there is no such folder. */
export async function listBackups(folder: string): Promise<readonly StoredBackup[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .flatMap((name) => {
      const createdAt = timeOf(name)
      return createdAt ? [{ name, createdAt }] : []
    })
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
}

/** The bytes of a backup on the disk. */
export async function sizeOf(path: string): Promise<number> {
  const files = await readdir(path)
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(path, file))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The description of a backup; its files are not looked at. */
export async function readManifest(path: string) {
  return parseManifest(await readFile(join(path, manifestFile), 'utf8'))
}

/** Those that go, of backups newest first. */
export function chooseOutdated(
  backups: readonly StoredBackup[],
  { count, days }: Retention,
  now: Date,
): readonly StoredBackup[] {
  return backups.slice(Math.max(1, count)).filter(({ createdAt }) => now.getTime() - createdAt.getTime() > days * dayMs)
}

/** Removes the backups that are outdated, and what backups that were killed a day ago have left; returns the names of the former. */
export async function removeOutdated(folder: string, retention: Retention, now: Date): Promise<readonly string[]> {
  const outdated = chooseOutdated(await listBackups(folder), retention, now)
  for (const { name } of outdated) await rm(join(folder, name), { recursive: true })
  for (const name of await readdir(folder)) {
    if (!partialName.test(name)) continue
    const { mtimeMs } = await stat(join(folder, name))
    if (now.getTime() - mtimeMs > dayMs) await rm(join(folder, name), { recursive: true, force: true })
  }
  return outdated.map(({ name }) => name)
}

/** Makes the folder, which only its owner may read: backups hold everything. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

function timeOf(name: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = wholeName.exec(name) ?? []
  if (year === undefined) return undefined
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
