import type { PositionFacts, PositionView } from '@atermtrack/data'
import { endOfNorm } from '@atermtrack/domain'
import { formatDayRange, formatNormKept, picturesTexts as texts } from '@atermtrack/messages'
import type { TimeMark, TimeStrip } from '@atermtrack/pictures'
import { dayTicks, spanOf } from './axes.ts'
import { fullDay, shortTime, type Viewer } from './picture.ts'

/** The moment of the data, the arrival or its forecast, and the norm of one container, as marks on an axis of time. */
export function marksOf(
  position: Pick<PositionView, 'asOf' | 'zone'>,
  { arrival, norm }: Pick<PositionFacts, 'arrival' | 'norm'>,
  viewer: Viewer,
): readonly TimeMark[] {
  const words = texts[viewer.language].marks
  const now: TimeMark = {
    kind: 'now',
    at: position.asOf.getTime(),
    label: texts[viewer.language].asOf(shortTime(position.asOf, viewer)),
  }
  return [
    now,
    ...arrivalMarks(arrival, viewer),
    ...(norm.kind === 'unknown'
      ? []
      : [
          {
            kind: 'norm' as const,
            // A delivery on the day of the norm keeps it, and the day is one of the source.
            at: endOfNorm(norm.dueAt).getTime() - 60_000,
            label: [words.norm(fullDay(norm.dueAt, position.zone)), formatNormKept(norm, viewer.language)].join(', '),
          },
        ]),
  ]
}

function arrivalMarks(arrival: PositionFacts['arrival'], viewer: Viewer): readonly TimeMark[] {
  const words = texts[viewer.language].marks
  if (arrival.kind === 'arrived') {
    if (!arrival.at) return []
    return [{ kind: 'arrival', at: arrival.at.getTime(), label: words.arrived(shortTime(arrival.at, viewer)) }]
  }
  if (arrival.kind === 'unknown' || arrival.kind === 'at_place') return []
  const at = arrival.arrivesAt.getTime()
  const day = fullDay(arrival.arrivesAt, viewer.zone)
  if (arrival.kind === 'not_before') return [{ kind: 'arrival', at, label: words.notBefore(day) }]
  const { measured } = arrival
  if (!measured) return [{ kind: 'arrival', at, label: words.arrival(day) }]
  return [windowMark(measured, viewer)]
}

/** A window of the forecast. */
export function windowMark({ from, to }: { readonly from: Date; readonly to: Date }, viewer: Viewer): TimeMark {
  const days = formatDayRange({ from, to }, viewer)
  return { kind: 'window', from: from.getTime(), until: to.getTime(), label: texts[viewer.language].marks.window(days) }
}

/** The moments of marks. */
export function momentsOf(marks: readonly TimeMark[]): readonly Date[] {
  return marks.flatMap((mark) =>
    mark.kind === 'window' ? [new Date(mark.from), new Date(mark.until)] : [new Date(mark.at)],
  )
}

/** Undefined where the moment of the data is all that is known. */
export function stripOf(title: string, marks: readonly TimeMark[], { zone }: Viewer): TimeStrip | undefined {
  if (marks.length < 2) return undefined
  const span = spanOf(momentsOf(marks))
  return { title, span, ticks: dayTicks(span, zone), marks }
}
