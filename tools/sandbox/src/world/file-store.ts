import { createHash } from 'node:crypto'
import { extname } from 'node:path'

export interface StoredFile {
  readonly fileId: string
  readonly uniqueId: string
  readonly path: string
  readonly fileName: string
  readonly mimeType: string
  readonly size: number
  readonly sha256: string
  readonly bytes: Buffer
}

export interface FileStore {
  readonly add: (file: { readonly fileName: string; readonly mimeType: string; readonly bytes: Buffer }) => StoredFile
  /** All that are kept, the oldest first. */
  readonly list: () => readonly StoredFile[]
  /** Puts a file back that an earlier store held. */
  readonly restore: (file: StoredFile) => void
  readonly byId: (fileId: string) => StoredFile | undefined
  readonly byPath: (path: string) => StoredFile | undefined
}

const unknownType = 'application/octet-stream'

// Telegram goes by the extension when the sender names no type.
const knownTypes = new Map([
  ['.csv', 'text/csv'],
  ['.jpg', 'image/jpeg'],
  ['.ods', 'application/vnd.oasis.opendocument.spreadsheet'],
  ['.pdf', 'application/pdf'],
  ['.png', 'image/png'],
  ['.txt', 'text/plain'],
  ['.xls', 'application/vnd.ms-excel'],
  ['.xlsb', 'application/vnd.ms-excel.sheet.binary.macroEnabled.12'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['.zip', 'application/zip'],
])

/** Keeps uploaded files in memory; the oldest are deleted when their total exceeds `keepBytes`. */
export function createFileStore(keepBytes: number): FileStore {
  const files = new Map<string, StoredFile>()
  const paths = new Map<string, StoredFile>()
  let total = 0
  let count = 0

  function evict(): void {
    for (const [fileId, file] of files) {
      if (total <= keepBytes || files.size === 1) return
      files.delete(fileId)
      paths.delete(file.path)
      total -= file.size
    }
  }

  function keep(file: StoredFile): void {
    count += 1
    files.set(file.fileId, file)
    paths.set(file.path, file)
    total += file.size
    evict()
  }

  return {
    list: () => [...files.values()],
    restore: keep,
    add({ fileName, mimeType, bytes }) {
      const sha256 = sha256Of(bytes)
      const file: StoredFile = {
        fileId: `BQACAgIAAxkD${Buffer.from(`${count + 1}.${sha256.slice(0, 12)}`).toString('base64url')}`,
        uniqueId: `AgAD${sha256.slice(0, 12)}`,
        path: `documents/file_${count + 1}${extname(fileName)}`,
        fileName,
        mimeType: mimeType === unknownType ? (knownTypes.get(extname(fileName).toLowerCase()) ?? mimeType) : mimeType,
        size: bytes.length,
        sha256,
        bytes,
      }
      keep(file)
      return file
    },
    byId: (fileId) => files.get(fileId),
    byPath: (path) => paths.get(path),
  }
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
