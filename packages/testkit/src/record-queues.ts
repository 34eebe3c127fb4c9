interface RecordedJob {
  readonly queue: { readonly name: string }
  readonly payload: unknown
}

export interface QueueRecorder {
  /** Takes the place of the queues where a test runs the jobs itself. */
  readonly queues: { readonly wake: (jobs: readonly RecordedJob[]) => Promise<void> }
  /** Returns the payloads that one queue got since the last call. */
  readonly take: <Payload>(queue: {
    readonly name: string
    readonly dedupId: (payload: Payload) => string
  }) => readonly Payload[]
}

/** Records the enqueued jobs, for tests that inspect or run them. */
export function recordQueues(): QueueRecorder {
  const jobs = new Map<string, unknown[]>()
  return {
    queues: {
      async wake(added) {
        for (const { queue, payload } of added) jobs.set(queue.name, [...(jobs.get(queue.name) ?? []), payload])
      },
    },
    take<Payload>({ name }: { readonly name: string }) {
      const taken = jobs.get(name) ?? []
      jobs.delete(name)
      return taken as Payload[]
    },
  }
}
