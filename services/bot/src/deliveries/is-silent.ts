import type { deliveries } from '@atermtrack/data'
import { isQuiet } from '@atermtrack/domain'

type Sounding = Pick<deliveries.ClaimedDelivery, 'kind' | 'quietHours'>

/** Alerts and broadcasts arrive without a sound in quiet hours, which are in `scheduleZone` for a reader without a zone. */
export function isSilent({ kind, quietHours }: Sounding, scheduleZone: string, now: Date): boolean {
  if (!quietHours || (kind !== 'alert' && kind !== 'broadcast')) return false
  return isQuiet(quietHours, quietHours.zone ?? scheduleZone, now)
}
