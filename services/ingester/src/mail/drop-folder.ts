import { createHash } from 'node:crypto'
import { constants, type FSWatcher, type Stats, watch } from 'node:fs'
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises'
import { sep } from 'node:path'
import { type ArrivedWorkbook, workbooks } from '@atermtrack/data'
import { readableFileName, receiptTime } from '@atermtrack/domain'
import { type Outbox, transact } from '@atermtrack/outbox'
import { importWorkbook } from '@atermtrack/queue'
import { decodeText } from '@atermtrack/workbook-reader'
import type { Logger } from 'pino'
import { unpackMessage } from './unpack-message.ts'

export interface DropFolderDependencies extends Outbox {
  readonly dir: string
  readonly now: () => Date
  readonly maxFileBytes: number
}

export interface DropFolder {
  /** Stores the files that were not there before; true when a file is still being written and another look is due. */
  readonly look: (logger: Logger) => Promise<boolean>
}

/** A file that changed just now may be half written. */
const writingMs = 1_500

/**
 * A folder that is read like a mailbox: workbooks and .eml files, trusted, left in place, known by their bytes. The time of
 * a file counts as its receipt.
 */
export function createDropFolder(dependencies: DropFolderDependencies): DropFolder {
  // Files that this process has seen, so that a look costs one stat per file; the database knows the rest.
  const looked = new Map<string, string>()

  async function lookAt(bytes: Buffer, known: ReadonlySet<string>, logger: Logger): Promise<'done' | 'incomplete'> {
    const { dir, now, maxFileBytes } = dependencies
    const name = decodeText(bytes)
    const key = bytes.toString('latin1')
    // Opening a pipe would wait for ever.
    await using file = await open(
      Buffer.concat([Buffer.from(`${dir}${sep}`), bytes]),
      constants.O_RDONLY | constants.O_NONBLOCK,
    )
    const info = await file.stat()
    const mark = markOf(info)
    if (!info.isFile() || info.size === 0 || looked.get(key) === mark) return 'done'
    const age = now().getTime() - info.mtimeMs
    if (age >= 0 && age < writingMs) return 'incomplete'
    if (info.size > maxFileBytes)
      logger.warn({ size: info.size }, 'a file in the drop folder is too big and left alone')
    else {
      const content = await readAll(file, info.size)
      // A file that changes while it is read is not complete, even if its time is old.
      if (markOf(await file.stat()) !== mark) return 'incomplete'
      await take({ name, content, receivedAt: receiptTime(info.mtime, now()) }, known, logger)
    }
    looked.set(key, mark)
    return 'done'
  }

  async function take(file: DroppedFile, known: ReadonlySet<string>, logger: Logger): Promise<void> {
    const { arrivals, refusal } = await openFile(file)
    for (const arrival of arrivals) {
      if (known.has(Buffer.from(arrival.sha256).toString('hex'))) continue
      const workbookId = await transact(dependencies, async (tx) => {
        const id = await workbooks.insert(tx, arrival)
        if (id !== undefined && refusal) await workbooks.finish(tx, id, { status: 'refused', reason: refusal })
        else if (id !== undefined) tx.enqueue(importWorkbook, { workbookId: id })
        return id
      })
      if (workbookId !== undefined) logger.info({ workbookId, refusal }, 'file stored from the drop folder')
    }
  }

  return {
    async look(logger) {
      await mkdir(dependencies.dir, { recursive: true })
      // Names are bytes; a name that is not UTF-8 would not be found by its text.
      const names = (await readdir(dependencies.dir, { encoding: 'buffer' }))
        .filter((name) => !isTemporary(decodeText(name)))
        .toSorted((a, b) => a.compare(b))
      const known = await workbooks.listDropFolderHashes(dependencies.db)
      let unsettled = false
      for (const name of names) {
        const outcome = await lookAt(name, known, logger).catch((error: unknown) => {
          // A file that may not be read, or that went away just now, must not stop those behind it.
          logger.warn({ err: error }, 'a file in the drop folder could not be taken')
          return 'done' as const
        })
        if (outcome === 'incomplete') unsettled = true
      }
      return unsettled
    },
  }
}

function markOf({ size, mtimeMs }: Stats): string {
  return `${size} ${mtimeMs}`
}

/** Reads no more than the size at the opening: the file may grow for ever. */
async function readAll(file: FileHandle, size: number): Promise<Uint8Array> {
  const content = new Uint8Array(size)
  let length = 0
  while (length < size) {
    const { bytesRead } = await file.read(content, length, size - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return content.subarray(0, length)
}

interface DroppedFile {
  readonly name: string
  readonly content: Uint8Array
  readonly receivedAt: Date
}

/** Unpacks a message; one without attachments is kept as it is, with the reason. */
async function openFile({ name, content, receivedAt }: DroppedFile): Promise<OpenedFile> {
  const sha256 = createHash('sha256').update(content).digest()
  const fileName = readableFileName(name) ?? 'без имени'
  const whole: ArrivedWorkbook = { origin: 'drop_folder', fileName, content, sha256, receivedAt }
  if (!name.toLowerCase().endsWith('.eml')) return { arrivals: [whole] }
  const message = await unpackMessage(content).catch(() => undefined)
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
