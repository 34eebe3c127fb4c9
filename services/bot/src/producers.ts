import type { Producer } from '@atermtrack/queue'

/** The queues that updates and their answers enqueue into. */
export interface Producers {
  readonly buildReport: Producer<{ reportId: number }>
  readonly sendTelegram: Producer<{ deliveryId: number }>
  readonly sendEmail: Producer<{ deliveryId: number }>
  readonly expandBroadcast: Producer<{ broadcastId: number }>
  readonly importWorkbook: Producer<{ workbookId: number }>
  readonly undoImport: Producer<{ workbookId: number }>
  readonly fetchDocument: Producer<{ documentId: number }>
  readonly pollMailbox: Producer<{ mailbox: string; byHand?: true | undefined }>
}
