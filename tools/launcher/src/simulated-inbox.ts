import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Db, positions, workbooks } from '@atermtrack/data'

/** Resolves when the newest dislocation report of the simulated inbox is completed, whatever came before or after it. */
export async function untilNewestImported(db: Db, inboxDir: string, signal: AbortSignal): Promise<void> {
  const fileName = await newestReport(inboxDir)
  await untilArrived(db, signal, (arrivals) =>
    arrivals.some((workbook) => workbook.fileName === fileName && workbook.status !== 'pending'),
  )
}

/** How far the files of the simulated inbox are. */
export interface InboxProgress {
  readonly all: number
  /** Those whose import is complete, whatever its end. */
  readonly done: number
  /** Those that wait for an admin. */
  readonly waiting: number
}

/** Resolves when the import of every file of the simulated inbox is complete. */
export async function untilAllImported(
  db: Db,
  inboxDir: string,
  signal: AbortSignal,
  onProgress: (progress: InboxProgress) => void = () => undefined,
): Promise<InboxProgress> {
  const names = new Set((await readdir(inboxDir)).filter((name) => !name.startsWith('.')))
  let progress: InboxProgress = { all: names.size, done: 0, waiting: 0 }
  await untilArrived(db, signal, (arrivals) => {
    progress = progressOf(names, arrivals)
    onProgress(progress)
    return progress.done >= progress.all
  })
  return progress
}

function progressOf(names: ReadonlySet<string>, arrivals: Arrivals): InboxProgress {
  const own = arrivals.filter(({ fileName, status }) => names.has(fileName) && status !== 'pending')
  const waiting = new Set(own.filter(({ status }) => status === 'quarantined').map(({ fileName }) => fileName))
  return { all: names.size, done: new Set(own.map(({ fileName }) => fileName)).size, waiting: waiting.size }
}

type Arrivals = Awaited<ReturnType<typeof workbooks.list>>

async function untilArrived(db: Db, signal: AbortSignal, isEnough: (arrivals: Arrivals) => boolean): Promise<void> {
  while (!isEnough(await workbooks.list(db, { limit: 10_000 }))) await delay(200, undefined, { signal })
}

/** Numbers of containers that people may ask about. */
export async function exampleContainers(db: Db, count: number): Promise<readonly string[]> {
  return positions.listMovedLast(db, count)
}

async function newestReport(inboxDir: string): Promise<string> {
  const names = (await readdir(inboxDir)).filter((name) => /^\d+_\d{8}_\d{4}\.xlsx$/.test(name))
  const files = await Promise.all(
    names.map(async (name) => ({ name, mtimeMs: (await stat(join(inboxDir, name))).mtimeMs })),
  )
  const [newest] = files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)
  if (!newest) throw new Error(`there is no simulated report in ${inboxDir}`)
  return newest.name
}
