import { startInterval, type Wake } from '@atermtrack/runtime'
import { closeDialogs, type CloseDialogsOptions } from './dialogs/close-dialogs.ts'
import { leaveOverdue, type LeaveOverdueOptions } from './features/groups/leave-overdue.ts'

export interface BackgroundWorkOptions extends CloseDialogsOptions, Omit<LeaveOverdueOptions, 'days'> {
  readonly everyMs: number
  readonly unknownGroupDays: () => number
  /** Shows everybody their current list of commands. */
  readonly refreshCommands: (signal: AbortSignal) => Promise<void>
  /** Refreshes the lists of commands at once. */
  readonly commandsDue: Wake
}

/** Starts the periodic work of the bot. */
export function startBackgroundWork(options: BackgroundWorkOptions): AsyncDisposable {
  const { everyMs, logger, refreshCommands, commandsDue, unknownGroupDays } = options
  const leave = (signal: AbortSignal) => leaveOverdue({ ...options, days: unknownGroupDays() }, signal)
  const parts = [
    startInterval(refreshCommands, { what: 'show commands', everyMs, logger, wake: commandsDue }),
    startInterval(() => closeDialogs(options), { what: 'close expired dialogs', everyMs, logger }),
    startInterval(leave, { what: 'leave groups that nobody let in', everyMs, logger }),
  ]
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(parts.map(async (part) => part[Symbol.asyncDispose]()))
    },
  }
}
