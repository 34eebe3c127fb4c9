export type { QueueConnection } from './connection.ts'
export * from './contracts.ts'
export type { QueueContract, QueueSettings } from './define-queue.ts'
export { type EvictionCheck, watchEvictionPolicy } from './eviction-policy.ts'
export { JobDelayed, PermanentError, QueuePaused } from './errors.ts'
export { type EnqueueOptions, type Entry, openProducer, type Producer } from './producer.ts'
export { createProcessRoom, type ProcessRoom } from './process-room.ts'
export { removeQueues } from './remove-queues.ts'
export { retryOutages } from './retry-outages.ts'
export { type ListedScheduler, listSchedulers, removeUnknownSchedulers } from './scheduler-admin.ts'
export { keepSchedules, type Rhythm, type Schedule, schedule, type Scheduler } from './schedules.ts'
export {
  type Handler,
  type JobContext,
  type RunningWorker,
  startWorker,
  type WorkerHealth,
  type WorkerOptions,
} from './worker.ts'
