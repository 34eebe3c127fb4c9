export { type QueueState, readQueueStates } from './queue-states.ts'
export { enqueueDeliveries } from './enqueue-deliveries.ts'
export { countPendingRows, type PendingCount, sweepPendingRows } from './sweep.ts'
export { collectJobs, enqueueAfter, type Outbox, transact, type Tx } from './transact.ts'
