import { isQuiet, type QuietHours } from '../schedule/quiet-hours.ts'
import { nextSlot, type PlannedSlot, type Slot } from '../schedule/schedule.ts'

/** The reader of an alert that is due. */
export interface AlertReader {
  readonly quietHours: QuietHours | undefined
  readonly zone: string
  /** Whether alerts wait until the quiet hours end; they come without a sound otherwise. */
  readonly holds: boolean
  /** Messages of alerts that they got within the last hour. */
  readonly messagesThisHour: number
}

export type Telling =
  | { readonly kind: 'tell' }
  /** Until the quiet hours end, in one message with everything else that waits for it. */
  | { readonly kind: 'hold'; readonly until: PlannedSlot }
  /** In one message with everything else beyond the limit. */
  | { readonly kind: 'gather' }

/**
 * Whether an alert that is due leaves now. One whose message the reader has already is only edited, which makes no sound and is never held
 * back; a digest comes at the time that its reader has set, and a gathered message is the remedy against too many.
 */
export function tellOrHold(
  alert: { readonly form: 'like' | 'digest' | 'morning' | 'more'; readonly isReported: boolean },
  { quietHours, zone, holds, messagesThisHour }: AlertReader,
  { now, mostPerHour }: { readonly now: Date; readonly mostPerHour: number },
): Telling {
  if (alert.isReported || alert.form === 'digest' || alert.form === 'morning') return { kind: 'tell' }
  if (quietHours && holds && isQuiet(quietHours, zone, now)) {
    const until = nextSlot({ slots: [quietHours.until as Slot], zone, after: now })
    if (until) return { kind: 'hold', until }
  }
  return alert.form === 'like' && messagesThisHour >= mostPerHour ? { kind: 'gather' } : { kind: 'tell' }
}
