import { defaultReadingSettings as limits } from '@atermtrack/workbook-reader/settings'

/** The arguments of the ingester's reader besides the bytes of a workbook. */
interface ReadRequest {
  readonly fileName: string
  readonly receivedAt: Date
  readonly sourceZone: string
  readonly terminalZone: string
  readonly profiles: readonly never[]
  readonly limits: unknown
}

export interface ReadDigest {
  readonly kind: string
  readonly reason?: string
}

export type ReadWorkbook = (bytes: Uint8Array, fileName: string) => Promise<ReadDigest>
export type UnpackMessage = (raw: Uint8Array) => Promise<{ readonly attachments: readonly unknown[] }>

interface ReaderModules {
  readonly openWorkbookReaders: () => {
    readonly read: (bytes: Uint8Array, request: ReadRequest) => Promise<ReadDigest>
  }
}

// Services export nothing on purpose, so the built files are imported by their path.

/** The ingester's own reader with its default limits. */
export async function importReader(): Promise<ReadWorkbook> {
  const { openWorkbookReaders } = (await import(builtFile('importing/workbook-readers.js'))) as ReaderModules
  const readers = openWorkbookReaders()
  const zones = { sourceZone: 'Europe/Moscow', terminalZone: 'Asia/Vladivostok' }
  return async (bytes, fileName) =>
    readers.read(bytes, { fileName, receivedAt: new Date(), ...zones, profiles: [], limits })
}

export async function importUnpackMessage(): Promise<UnpackMessage> {
  const module = (await import(builtFile('mail/unpack-message.js'))) as { readonly unpackMessage: UnpackMessage }
  return module.unpackMessage
}

function builtFile(path: string): string {
  return new URL(`../../../../services/ingester/dist/${path}`, import.meta.url).href
}
