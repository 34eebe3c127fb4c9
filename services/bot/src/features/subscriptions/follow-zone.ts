import { subscriptions } from '@atermtrack/data'
import { nextDueAt, type Slot } from '@atermtrack/domain'
import type { BotContext } from '../../routing/context.ts'
import { mostSubscriptions } from './creating/create-dialog.ts'

/**
 * Moves the subscriptions of a person who has chosen another zone: 09:00 stays 09:00 on their clock. Those with a zone of their own
 * keep it.
 */
export async function followZone(
  { tx, person, now }: BotContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  if (from === to) return
  const { rows } = await subscriptions.list(tx, person.id, { offset: 0, limit: mostSubscriptions + 1 })
  for (const { id, slots, weekdays, pausedUntil } of rows.filter((row) => row.zone === from)) {
    const due = nextDueAt({ slots: slots as readonly Slot[], weekdays, zone: to, now, pausedUntil })
    await subscriptions.change(tx, id, person.id, { zone: to, ...(due && { nextDueAt: due }) })
  }
}
