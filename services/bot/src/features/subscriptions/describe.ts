import type { Subscription, SubscriptionTarget } from '@atermtrack/data'
import { clipText, columnsOf, presetOf } from '@atermtrack/domain'
import {
  code,
  escapeHtml,
  formatDate,
  formatStamp,
  type Language,
  stationName,
  subscriptionsTexts as texts,
  zoneMark,
} from '@atermtrack/messages'

const mostNamed = 50
const longestText = 200

/** The subject of a subscription, as HTML. */
export function aboutView(
  {
    subject,
    subjectText,
    companyId,
    companyName,
    stationName: place,
    size,
  }: Pick<Subscription, 'subject' | 'subjectText' | 'companyId' | 'companyName' | 'stationName' | 'size'>,
  language: Language,
): string {
  const words = texts[language]
  if (subject === 'containers') return words.containers(size)
  if (subject === 'company') {
    if (companyId === null) return words.aboutEverything
    return companyName === null ? words.companyGone : words.aboutCompany(escapeHtml(companyName, longestText))
  }
  const text = subject === 'destination' ? stationName(place ?? subjectText ?? '', language) : (subjectText ?? '')
  return words.about(subject, escapeHtml(text, longestText))
}

/** `Каждый день: 09:00, 16:00 (МСК+7)`; the zone as it is named at `instant`. */
export function scheduleView(
  { slots, weekdays, zone }: Pick<Subscription, 'slots' | 'zone'> & { readonly weekdays?: readonly number[] },
  instant: Date,
  language: Language,
): string {
  return `${daysView(weekdays, language)}: ${slots.join(', ')} (${zoneMark(zone, instant, language)})`
}

function daysView(weekdays: readonly number[] | undefined, language: Language): string {
  const words = texts[language]
  if (weekdays === undefined || weekdays.length === 7) return words.everyDay
  if (weekdays.join() === '1,2,3,4,5') return words.workingDays
  return weekdays.map((day) => words.days[day - 1]).join(', ')
}

/** When the next report comes, or that the subscription is paused; in the zone of the reader. */
export function nextView(subscription: Subscription, zone: string, now: Date, language: Language): string {
  const words = texts[language]
  const { pausedAt, pausedUntil, nextDueAt } = subscription
  if (!isPaused(subscription, now)) return words.nextReport(formatStamp(nextDueAt, { language, zone, now }))
  return pausedAt && pausedUntil
    ? words.pausedUntil(formatDate(pausedUntil, { language, zone: subscription.zone, now }))
    : words.paused
}

export function isPaused(
  { pausedAt, pausedUntil }: Pick<Subscription, 'pausedAt' | 'pausedUntil'>,
  now: Date,
): boolean {
  return pausedAt !== null && (pausedUntil === null || pausedUntil > now)
}

/** The choices that differ from the usual ones, a line each. */
export function choiceViews(subscription: Subscription, language: Language): readonly string[] {
  const words = texts[language]
  const { onlyChanges, reportsEmpty, showsPicture, rowOrder, leavesAfterDays, columns } = subscription
  const preset = presetOf(columns)
  return [
    ...(onlyChanges ? [words.isOnlyChanges] : []),
    ...(reportsEmpty ? [] : [words.isSilentWhenEmpty]),
    ...(showsPicture ? [words.showsPicture] : []),
    ...(rowOrder === 'train' ? [words.isByTrain] : []),
    ...(preset === 'standard' ? [] : [words.columns.line(preset, columnsOf(columns).length)]),
    ...(leavesAfterDays === null ? [words.stays] : []),
  ]
}

/** The other readers, as one line of HTML; no line when there are none. */
export function reachView(targets: readonly SubscriptionTarget[], language: Language): readonly string[] {
  const names = targets.map((target) => escapeHtml(targetName(target, language), 60))
  return names.length === 0 ? [] : [texts[language].reach(names.join(', '))]
}

/** Plain text. */
export function targetName({ title, threadId, isAccepted }: SubscriptionTarget, language: Language): string {
  const words = texts[language]
  const name = threadId === null ? title : `${title}, ${words.aTopic}`
  return isAccepted ? name : words.awaited(name)
}

/** A heading with the numbers under it, at most 50; no lines when there are no numbers. */
export function namedNumbers(title: string, numbers: readonly string[], language: Language): readonly string[] {
  if (numbers.length === 0) return []
  const rest = numbers.length - mostNamed
  return ['', title, ...numbers.slice(0, mostNamed).map(code), ...(rest > 0 ? [texts[language].more(rest)] : [])]
}

/** A button shows only the start of a long name. */
export function clip(name: string): string {
  return clipText(name, 24)
}
