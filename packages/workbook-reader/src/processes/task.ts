export interface TaskLimits {
  readonly timeoutMs: number
  /** Of the heap of the process; the file's bytes and what is unpacked of it come on top. */
  readonly maxHeapMb: number
}

/** The answer to a task, or why there was none. */
export type TaskOutcome<Answer> = { readonly kind: 'answered'; readonly answer: Answer } | TaskDeath

/** The file is at fault, as with one that cannot be read: trying again gives the same. */
export interface TaskDeath {
  readonly kind: 'died'
  readonly reason: 'reader_died' | 'too_slow'
  readonly detail: string
}

export interface Task {
  /** Plain data; arrays of bytes in it are sent as they are. */
  readonly data: object
  /**
   * Is shown the bytes that the process sends ahead of its answer, in pieces of any length. It promises to have got rid of them: the
   * process waits while too many are not accepted. When it fails, so does the whole task.
   */
  readonly acceptPart?: (bytes: Uint8Array) => Promise<void>
  readonly limits: TaskLimits
  readonly signal?: AbortSignal | undefined
}
