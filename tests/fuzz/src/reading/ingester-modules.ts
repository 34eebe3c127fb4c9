import { defaultReadingSettings as limits } from '@atermtrack/workbook-reader/settings'

/** What the ingester's reader needs beside the bytes of a workbook. */
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

// Services export nothing, and are not to: the built files are taken by their path.

/** The ingester's own reader, under the limits that it has when nobody sets others. */
export async function importReader(): Promise<ReadWorkbook> {
  const { readInThread } = (await import(builtFile('importing/read-in-thread.js'))) as ReaderModules
  const zones = { sourceZone: 'Europe/Moscow', terminalZone: 'Asia/Vladivostok' }
  return async (bytes, fileName) => {
    // The thread takes its bytes over, and these are looked at again.
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
