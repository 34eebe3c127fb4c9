/** One call to Telegram, from its beginning. */
export interface OpenCall {
  /** Telegram has answered. */
  readonly answered: () => void
  readonly end: () => void
}

export interface OpenCalls {
  /** Undefined when no call may begin now. */
  readonly begin: () => OpenCall | undefined
}

const trickleMs = 1_000

/**
 * Bounds how many calls may have begun since Telegram answered last: when it falls silent, these are all that may end without a
 * clear answer. Beyond the bound one call a second begins, so that a few slow chats do not stop the others.
 */
export function createOpenCalls(most: number, now: () => number): OpenCalls {
  const silent = new Set<OpenCall>()
  let beganAt = -Infinity
  return {
    begin() {
      if (silent.size >= most && now() - beganAt < trickleMs) return undefined
      beganAt = now()
      const call = { answered: () => silent.clear(), end: () => void silent.delete(call) }
      silent.add(call)
      return call
    },
  }
}
