/**
 * Aborts the returned signal at the first SIGINT or SIGTERM. A second one calls `onSecond` and ends the process at once.
 */
export function listenForInterrupts(onSecond: () => void): AbortSignal {
  const controller = new AbortController()
  const onSignal = (name: string) => {
    if (controller.signal.aborted) {
      console.error(`${name} again: everything is ended at once`)
      onSecond()
      process.exit(1)
    }
    console.error(`\n${name}: stopping, once more to force it`)
    controller.abort(new Interrupted(name))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return controller.signal
}

/** A person asked the launcher to stop, which is not a failure. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
