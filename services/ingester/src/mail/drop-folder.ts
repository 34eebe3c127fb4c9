import { createHash } from 'node:crypto'
import { type FSWatcher, watch } from 'node:fs'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ArrivedWorkbook, type Db, workbooks } from '@atermtrack/data'
import type { Logger } from 'pino'
import { takeApart } from './take-apart.ts'

export interface DropFolderDependencies {
  readonly db: Db
  readonly dir: string
  readonly onWorkbook: (workbookId: number) => Promise<void>
  readonly now: () => Date
  readonly maxFileBytes: number
}

export interface DropFolder {
  /** Stores the files that were not there before; true when a file is still being written and another look is due. */
  readonly look: (logger: Logger) => Promise<boolean>
}

/** A file that changed just now may be half written. */
const settleMs = 1_500

/**
 * A folder that is read like a mailbox: workbooks and .eml files, trusted, left in place, known by their bytes. The time of
 * a file counts as its mail time.
 */
export function createDropFolder(dependencies: DropFolderDependencies): DropFolder {
  // What was looked at in this life of the process, so that a look costs one stat per file; the database knows the rest.
  const looked = new Map<string, string>()

  async function lookAt(name: string, known: ReadonlySet<string>, logger: Logger): Promise<'done' | 'unsettled'> {
    const { dir, now, maxFileBytes } = dependencies
    const path = join(dir, name)
    const info = await stat(path).catch(() => undefined)
    const mark = `${info?.size} ${info?.mtimeMs}`
    if (!info?.isFile() || info.size === 0 || looked.get(name) === mark) return 'done'
    if (now().getTime() - info.mtimeMs < settleMs && now().getTime() >= info.mtimeMs) return 'unsettled'
    if (info.size > maxFileBytes)
      logger.warn({ size: info.size }, 'a file in the drop folder is too big and left alone')
    else await take({ name, content: await readFile(path), receivedAt: info.mtime }, known, logger)
    looked.set(name, mark)
    return 'done'
  }

  async function take(file: DroppedFile, known: ReadonlySet<string>, logger: Logger): Promise<void> {
    const { arrivals, refusal } = await openFile(file)
    for (const arrival of arrivals) {
      if (known.has(Buffer.from(arrival.sha256).toString('hex'))) continue
      const id = await dependencies.db.transaction().execute(async (tx) => {
        const stored = await workbooks.insert(tx, arrival)
        if (stored !== undefined && refusal) await workbooks.finish(tx, stored, { status: 'refused', reason: refusal })
        return stored
      })
      if (id === undefined) continue
      logger.info({ workbookId: id, refusal }, 'file stored from the drop folder')
      if (!refusal) await dependencies.onWorkbook(id)
    }
  }

  return {
    async look(logger) {
      await mkdir(dependencies.dir, { recursive: true })
      const names = (await readdir(dependencies.dir)).filter((name) => !isTemporary(name)).toSorted()
      const known = await workbooks.listDropFolderHashes(dependencies.db)
      let unsettled = false
      for (const name of names) {
        const outcome = await lookAt(name, known, logger).catch((error: unknown) => {
          // A file that may not be read, or that went away just now, must not stop those behind it.
          logger.warn({ err: error }, 'a file in the drop folder could not be taken')
          return 'done' as const
        })
        if (outcome === 'unsettled') unsettled = true
      }
      return unsettled
    },
  }
}

interface DroppedFile {
  readonly name: string
  readonly content: Uint8Array
  readonly receivedAt: Date
}

/** A message is taken apart; one that brings nothing is kept as it is, with the reason. */
async function openFile({ name, content, receivedAt }: DroppedFile): Promise<OpenedFile> {
  const sha256 = createHash('sha256').update(content).digest()
  const whole: ArrivedWorkbook = { origin: 'drop_folder', fileName: name, content, sha256, receivedAt }
  if (!name.toLowerCase().endsWith('.eml')) return { arrivals: [whole] }
  const message = await takeApart(content).catch(() => undefined)
  if (!message) return { arrivals: [whole], refusal: 'unreadable_message' }
  const { attachments, sender, subject, sentAt } = message
  if (attachments.length === 0) return { arrivals: [whole], refusal: 'no_attachments' }
  return {
    arrivals: attachments.map((attachment) => ({
      ...attachment,
      origin: 'drop_folder',
      sender,
      subject,
      sentAt,
      receivedAt,
    })),
  }
}

interface OpenedFile {
  readonly arrivals: readonly ArrivedWorkbook[]
  /** Why none of them is to be imported. */
  readonly refusal?: string
}

/** Names that editors, browsers and our own writer use for files in the making. */
function isTemporary(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || /\.(?:tmp|part|partial|crdownload)$/i.test(name)
}

/** Calls back when something changes in the folder. Folders that cannot be watched are still looked into by schedule. */
export async function watchDropFolder(dir: string, onChange: () => void, logger: Logger): Promise<AsyncDisposable> {
  await mkdir(dir, { recursive: true })
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(dir, { persistent: false }, () => onChange())
    watcher.on('error', (error) => logger.warn({ err: error }, 'the drop folder is no longer watched'))
  } catch (error) {
    logger.warn({ err: error }, 'the drop folder cannot be watched')
  }
  return {
    async [Symbol.asyncDispose]() {
      watcher?.close()
    },
  }
}
