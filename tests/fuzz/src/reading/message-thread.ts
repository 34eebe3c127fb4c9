import { parentPort } from 'node:worker_threads'
import { importUnpackMessage } from './ingester-modules.ts'

/** How the reading of a message ended; a message that cannot be parsed is an ending like others. */
export interface MessageReading {
  readonly ending: 'stored' | 'ignored' | 'refused'
  readonly reason?: string
}

const unpackMessage = await importUnpackMessage()
parentPort?.on('message', (raw: Uint8Array) => void answer(raw))

async function answer(raw: Uint8Array): Promise<void> {
  const reading = await unpackMessage(raw).then(
    ({ attachments }): MessageReading =>
      attachments.length > 0 ? { ending: 'stored' } : { ending: 'ignored', reason: 'no_attachments' },
    (): MessageReading => ({ ending: 'refused', reason: 'unreadable_message' }),
  )
  parentPort?.postMessage(reading, [])
}
