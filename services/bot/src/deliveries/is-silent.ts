import type { deliveries } from '@atermtrack/data'
import { isQuiet } from '@atermtrack/domain'

type Sounding = Pick<deliveries.ClaimedDelivery, 'kind' | 'quietHours'> & { readonly isSilent?: boolean }

/** True for notices that never make a sound, and for alerts and broadcasts in quiet hours, which are in `scheduleZone` for a reader without a zone. */
export function isSilent(
  { kind, quietHours, isSilent: isAlwaysSilent = false }: Sounding,
  scheduleZone: string,
  now: Date,
): boolean {
  if (isAlwaysSilent) return true
  if (!quietHours || (kind !== 'alert' && kind !== 'broadcast')) return false
  return isQuiet(quietHours, quietHours.zone ?? scheduleZone, now)
}
