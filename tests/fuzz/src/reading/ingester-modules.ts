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
  readonly readInThread: (bytes: Uint8Array<ArrayBuffer>, request: ReadRequest) => Promise<ReadDigest>
}

// Services export nothing on purpose, so the built files are imported by their path.

/** The ingester's own reader with its default limits. */
export async function importReader(): Promise<ReadWorkbook> {
  const { readInThread } = (await import(builtFile('importing/read-in-thread.js'))) as ReaderModules
  const zones = { sourceZone: 'Europe/Moscow', terminalZone: 'Asia/Vladivostok' }
  return async (bytes, fileName) => {
    // The thread takes ownership of its bytes, and the caller still needs them.
    return readInThread(new Uint8Array(bytes), { fileName, receivedAt: new Date(), ...zones, profiles: [], limits })
  }
}

export async function importUnpackMessage(): Promise<UnpackMessage> {
  const module = (await import(builtFile('mail/unpack-message.js'))) as { readonly unpackMessage: UnpackMessage }
  return module.unpackMessage
}

function builtFile(path: string): string {
  return new URL(`../../../../services/ingester/dist/${path}`, import.meta.url).href
}
