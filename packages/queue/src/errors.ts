/** The job cannot succeed however often it is tried. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError'
}

/** The job must run again after `delayMs`; it does not count as an attempt. */
export class JobDelayed extends Error {
  override readonly name = 'JobDelayed'
  readonly delayMs: number

  constructor(delayMs: number) {
    super(`come again in ${delayMs} ms`)
    this.delayMs = delayMs
  }
}

/** No job of this queue may start for `pauseMs`, as the other side demands; the job itself does not count as attempted. */
export class QueuePaused extends Error {
  override readonly name = 'QueuePaused'
  readonly pauseMs: number

  constructor(pauseMs: number) {
    super(`the queue pauses for ${pauseMs} ms`)
    this.pauseMs = pauseMs
  }
}
