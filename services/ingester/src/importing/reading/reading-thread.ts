import { parentPort, workerData } from 'node:worker_threads'
import { digestWorkbook } from './digest-workbook.ts'
import type { DigestRequest, WorkbookDigest } from '../workbook-digest.ts'

// A thread reads one workbook and ends: whatever a hostile file does to its memory goes with it.
const { bytes, request } = workerData as { readonly bytes: Uint8Array; readonly request: DigestRequest }
const digest = await digestWorkbook(bytes, request)
parentPort?.postMessage(digest, transferable(digest))

function transferable(digest: WorkbookDigest): ArrayBuffer[] {
  if (digest.kind === 'archive') return digest.files.map(({ content }) => content.buffer as ArrayBuffer)
  return 'chunks' in digest ? digest.chunks.map(({ buffer }) => buffer as ArrayBuffer) : []
}
