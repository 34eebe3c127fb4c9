import { parentPort, workerData } from 'node:worker_threads'
import { createPartSender, type WithPartWindow } from '@atermtrack/workbook-reader'
import { digestWorkbook } from './digest-workbook.ts'
import type { DigestRequest, LinesMessage, WorkbookDigest } from '../workbook-digest.ts'

// A thread reads one workbook and ends, so its memory does not outlive a hostile file.
const { bytes, request, partWindow } = workerData as WithPartWindow & {
  readonly bytes: Uint8Array
  readonly request: DigestRequest
}
const sendPart = createPartSender(partWindow)
const digest = await digestWorkbook(bytes, request, (lines) => {
  const message: LinesMessage = { kind: 'lines', lines }
  sendPart(message, [lines.buffer as ArrayBuffer])
})
parentPort?.postMessage(digest, transferable(digest))

function transferable(digest: WorkbookDigest): ArrayBuffer[] {
  if (digest.kind === 'archive') return digest.files.map(({ content }) => content.buffer as ArrayBuffer)
  return 'chunks' in digest ? digest.chunks.map(({ buffer }) => buffer as ArrayBuffer) : []
}
