import type { deliveries } from '@atermtrack/data'
import { isQuiet } from '@atermtrack/domain'

type Sounding = Pick<deliveries.ClaimedDelivery, 'kind' | 'quietHours'>

/** What nobody waits for comes without a sound in quiet hours; without a zone of their own these are of `scheduleZone`. */
export function isSilent({ kind, quietHours }: Sounding, scheduleZone: string, now: Date): boolean {
  if (!quietHours || (kind !== 'alert' && kind !== 'broadcast')) return false
  return isQuiet(quietHours, quietHours.zone ?? scheduleZone, now)
}
