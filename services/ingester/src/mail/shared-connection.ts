import type { ImapMailbox } from './imap-mailbox.ts'

/** Lends the connection that waits for news to the look that follows news: another login would take longer than the look. */
export interface SharedConnection {
  /** Offers a connection for the next look. Resolves when it is back, or when nobody has borrowed it in time or before `signal`. */
  readonly offer: (box: ImapMailbox, signal: AbortSignal) => Promise<void>
  /** The connection that is on offer, if any: disposing it gives it back. `signal` closes it for good. */
  readonly borrow: (signal: AbortSignal) => Promise<ImapMailbox | undefined>
}

/** The job of a look begins at once, or another process has it, or many jobs wait. */
const offerMs = 2_000

/** Creates the place where the connection of a mailbox is lent; nothing is on offer yet. */
export function createSharedConnection(): SharedConnection {
  let accept: (() => Loan) | undefined
  return {
    async offer(box, signal) {
      await new Promise<void>((resolve) => {
        function end(): void {
          accept = undefined
          clearTimeout(timer)
          signal.removeEventListener('abort', withdraw)
        }
        function withdraw(): void {
          end()
          resolve()
        }
        const timer = setTimeout(withdraw, offerMs)
        signal.addEventListener('abort', withdraw)
        accept = () => {
          end()
          return { box, giveBack: resolve }
        }
      })
    },
    async borrow(signal) {
      const loan = accept?.()
      if (!loan) return undefined
      const borrowed = toBorrowed(loan, signal)
      try {
        await borrowed.refresh()
        return borrowed
      } catch {
        // Its owner finds out as well; the look connects by itself.
        await borrowed[Symbol.asyncDispose]()
        return undefined
      }
    },
  }
}

interface Loan {
  readonly box: ImapMailbox
  readonly giveBack: () => void
}

function toBorrowed({ box, giveBack }: Loan, signal: AbortSignal): ImapMailbox {
  const hangUp = () => void box[Symbol.asyncDispose]()
  signal.addEventListener('abort', hangUp, { once: true })
  return {
    ...box,
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', hangUp)
      giveBack()
    },
  }
}
