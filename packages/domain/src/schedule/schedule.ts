import { utcOfWallTime, wallTimeOfUtc, type WallTime } from '../values/wall-time.ts'
import { toInstant, toWall } from '../values/zone.ts'

/** A time of day at which a report goes out, `HH:MM`. */
export type Slot = string & { readonly __brand: 'Slot' }

export interface PlannedSlot {
  readonly plannedAt: Date
  /** `YYYY-MM-DD` in the zone of the schedule; with the slot it names the run, also when spring moves the run on. */
  readonly localDate: string
  readonly slot: Slot
}

/** Times of day on days of the week, in a zone. */
export interface Schedule {
  readonly slots: readonly Slot[]
  /** ISO days, Monday is 1; all of them by default. */
  readonly weekdays?: readonly number[] | undefined
  readonly zone: string
}

const dayMs = 86_400_000
const mostSlotsListed = 1000
/** A planned moment can lie beyond its own date by the gap of spring; on islands that changed sides, by a whole day. */
const marginDays = 2
const weekDays = 7

/** `9:00`, `09.00`, `9-00` or a bare hour. */
export function parseSlot(text: string): Slot | undefined {
  const [, hour, minute = '00'] = /^([01]?\d|2[0-3])(?:[:.-]([0-5]\d))?$/.exec(text.trim()) ?? []
  return hour === undefined ? undefined : (`${hour.padStart(2, '0')}:${minute}` as Slot)
}

/** The first planned slot later than `after`; undefined without slots or days. */
export function nextSlot(schedule: Schedule & { readonly after: Date }): PlannedSlot | undefined {
  const today = localDay(schedule.after, schedule.zone)
  return plannedOnDays(schedule, today - marginDays, today + weekDays + marginDays).find(
    ({ plannedAt }) => plannedAt > schedule.after,
  )
}

/** All planned slots from `from` until `until`, both inclusive, in ascending order; after a long time the newest 1,000. */
export function slotsBetween(schedule: Schedule & { readonly from: Date; readonly until: Date }): PlannedSlot[] {
  const { slots, zone, from, until } = schedule
  const lastDay = localDay(until, zone) + marginDays
  const days = schedule.weekdays === undefined ? weekDays : Math.max(1, new Set(schedule.weekdays).size)
  const daysListed = Math.ceil((mostSlotsListed * weekDays) / (Math.max(1, slots.length) * days)) + weekDays
  const firstDay = Math.max(localDay(from, zone) - marginDays, lastDay - daysListed)
  return plannedOnDays(schedule, firstDay, lastDay)
    .filter(({ plannedAt }) => plannedAt >= from && plannedAt <= until)
    .slice(-mostSlotsListed)
}

/** Number of the local date, in days since 1970-01-01. */
function localDay(instant: Date, zone: string): number {
  return Math.floor(utcOfWallTime(toWall(instant, zone)) / dayMs)
}

/** Monday is 1; day 0, 1970-01-01, was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % weekDays) + weekDays) % weekDays) + 1
}

function plannedOnDays({ slots, weekdays, zone }: Schedule, firstDay: number, lastDay: number): PlannedSlot[] {
  const distinct = new Set(slots)
  const planned: PlannedSlot[] = []
  for (let day = firstDay; day <= lastDay; day++) {
    if (weekdays && !weekdays.includes(weekdayOf(day))) continue
    const localDate = wallTimeOfUtc(day * dayMs).slice(0, 10)
    for (const slot of distinct) {
      const plannedAt = toInstant(`${localDate}T${slot}:00` as WallTime, zone)
      if (!isMovedOnto(plannedAt, { localDate, slot }, distinct, zone)) planned.push({ plannedAt, localDate, slot })
    }
  }
  return planned.sort((a, b) => a.plannedAt.getTime() - b.plannedAt.getTime())
}

/** A slot that falls into the gap of spring and moves onto another slot would make two reports of one moment. */
function isMovedOnto(
  plannedAt: Date,
  { localDate, slot }: Omit<PlannedSlot, 'plannedAt'>,
  slots: ReadonlySet<Slot>,
  zone: string,
): boolean {
  const shown = toWall(plannedAt, zone).slice(0, 16)
  return shown !== `${localDate}T${slot}` && slots.has(shown.slice(11) as Slot)
}
