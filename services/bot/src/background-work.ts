import { closeDialogs, type CloseDialogsOptions } from './dialogs/close-dialogs.ts'
import { leaveOverdue, type LeaveOverdueOptions } from './features/groups/leave-overdue.ts'
import { startRounds } from './rounds.ts'

export interface BackgroundWorkOptions extends CloseDialogsOptions, Omit<LeaveOverdueOptions, 'days'> {
  readonly everyMs: number
  readonly unknownGroupDays?: number
  /** Shows everybody the list of commands that they should see. */
  readonly refreshCommands: (signal: AbortSignal) => Promise<void>
}

export interface BackgroundWork extends AsyncDisposable {
  /** Asks for the lists of commands to be refreshed at once. */
  readonly refreshCommands: () => void
}

/** Starts what a bot does from time to time without being asked. */
export function startBackgroundWork(options: BackgroundWorkOptions): BackgroundWork {
  const { everyMs, logger, refreshCommands, unknownGroupDays: days = 7 } = options
  const showing = startRounds(refreshCommands, { what: 'show commands', everyMs, logger })
  const closing = startRounds(() => closeDialogs(options), { what: 'close expired dialogs', everyMs, logger })
  const leave = (signal: AbortSignal) => leaveOverdue({ ...options, days }, signal)
  const leaving = startRounds(leave, { what: 'leave groups that nobody let in', everyMs, logger })
  return {
    refreshCommands: () => showing.ring(),
    async [Symbol.asyncDispose]() {
      await Promise.all([showing, closing, leaving].map(async (part) => part[Symbol.asyncDispose]()))
    },
  }
}
