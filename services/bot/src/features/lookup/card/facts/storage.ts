import { daysOnSite, type Storage } from '@atermtrack/domain'
import { type Language, terminalsTexts as texts } from '@atermtrack/messages'
import { formatNumber } from '../distance.ts'

/** A stay at a terminal, as far as its length and price go. */
export interface StayLength {
  readonly arrivedAt: Date | null
  /** The newest report of the terminal, until which days count. */
  readonly asOf: Date
  /** The end of a stay that is over. */
  readonly dispatchedAt?: Date | null
  readonly storage: Storage | undefined
}

/** `стоит 17 сут`, `платно 8 сут, 8 000 ₽`: how long a container has stood at a terminal, and how that stands to its free days. */
export function storageParts(
  { arrivedAt, asOf, dispatchedAt, storage }: StayLength,
  language: Language,
): readonly string[] {
  const days = daysOnSite(arrivedAt ?? undefined, dispatchedAt ?? asOf)
  const words = texts[language]
  const isOver = dispatchedAt !== undefined && dispatchedAt !== null
  if (isOver) {
    const charged = storage && storage.chargedDays > 0 ? [storageView(storage, language)] : []
    return [...(days === undefined ? [] : [words.stoodFor(days)]), ...charged]
  }
  return [...(days === undefined ? [] : [words.onSiteFor(days)]), ...(storage ? [storageView(storage, language)] : [])]
}

function storageView({ freeDaysLeft, chargedDays, charge }: Storage, language: Language): string {
  const words = texts[language]
  if (chargedDays === 0) return words.freeLeft(freeDaysLeft)
  const days = words.chargedDays(chargedDays)
  return charge === undefined ? days : `${days}, ${words.roubles(formatNumber(charge, language))}`
}
