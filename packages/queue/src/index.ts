export { type FailedJob, listFailedJobs, retryFailedJobs } from './admin/failed-jobs.ts'
export type { QueueConnection } from './connection.ts'
export * from './contracts.ts'
export { mailPlaces } from './contracts/mail-places.ts'
export { knownSchedulers, schedulesOf } from './schedules/declared-schedules.ts'
export { deliveryPriority } from './contracts/delivery-priority.ts'
export type { AnyQueue, DeclaredRowQueue, PayloadOf, QueueContract } from './contracts/define-queue.ts'
export { type EvictionCheck, watchEvictionPolicy } from './eviction-policy.ts'
export { JobDelayed, PermanentError, QueuePaused } from './errors.ts'
export { type Enqueue, type EnqueueOptions, type QueueJob, toJob } from './job.ts'
export { createProcessRoom, type ProcessRoom } from './process-room.ts'
export { openQueues, type Queues } from './queues.ts'
export {
  countJobs,
  openQueueStates,
  pingRedis,
  type QueueCounts,
  type QueueJobs,
  type QueueStates,
} from './queue-counts.ts'
export { listUnknownQueues } from './admin/unknown-queues.ts'
export { openRawQueues, type RawQueues } from './admin/raw-queues.ts'
export { removeQueues } from './remove-queues.ts'
export { retryOutages } from './retry-outages.ts'
export { type ListedScheduler, listSchedulers, removeUnknownSchedulers } from './schedules/scheduler-admin.ts'
export { keepSchedules } from './schedules/schedules.ts'
export {
  type Handler,
  type JobContext,
  type RunningWorker,
  startWorker,
  type WorkerHealth,
  type WorkerOptions,
} from './worker.ts'
