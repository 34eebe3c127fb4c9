import { parentPort, workerData } from 'node:worker_threads'
import { digestWorkbook } from './digest-workbook.ts'
import type { DigestRequest, LinesMessage, WorkbookDigest } from '../workbook-digest.ts'

// A thread reads one workbook and ends: whatever a hostile file does to its memory goes with it.
const { bytes, request } = workerData as { readonly bytes: Uint8Array; readonly request: DigestRequest }
const digest = await digestWorkbook(bytes, request, (lines) =>
  post({ kind: 'lines', lines }, [lines.buffer as ArrayBuffer]),
)
post(digest, transferable(digest))

function post(message: LinesMessage | WorkbookDigest, transferred: ArrayBuffer[]): void {
  parentPort?.postMessage(message, transferred)
}

function transferable(told: WorkbookDigest): ArrayBuffer[] {
  if (told.kind === 'archive') return told.files.map(({ content }) => content.buffer as ArrayBuffer)
  return 'chunks' in told ? told.chunks.map(({ buffer }) => buffer as ArrayBuffer) : []
}
