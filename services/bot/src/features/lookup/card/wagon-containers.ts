import { factsOf, type PositionView } from '@atermtrack/data'
import { isValidWagonNumber, wagonType, type WagonNumber } from '@atermtrack/domain'
import { lookupTexts as texts } from '@atermtrack/messages'
import { listView } from './list.ts'
import type { ViewOptions } from '../view-options.ts'
import type { ViewSettings } from '../view-settings.ts'

/** What containers can be asked for by, besides their own numbers. */
export interface Carriers {
  readonly wagons: readonly string[]
  readonly waybills: readonly string[]
}

interface Carried {
  readonly title: string
  readonly riders: readonly PositionView[]
}

/**
 * The containers that answer for the carriers. A wagon is named by all that it ever brought: those on it now count, or the
 * earlier ones when nothing is on it.
 */
export function containersOnWagon(
  positions: readonly PositionView[],
  { wagons, waybills }: Carriers,
  settings: ViewSettings,
): readonly PositionView[] {
  const riders = [
    ...wagons.flatMap((wagon) => onWagon(positions, wagon, settings).riders),
    ...waybills.flatMap((waybill) => positions.filter((position) => position.waybill === waybill)),
  ]
  return [...new Set(riders)]
}

/** Records that name each carrier with the number of containers on it, or say that nothing is known of it. */
export function carrierTitles(
  positions: readonly PositionView[],
  carriers: Carriers,
  options: ViewOptions,
): readonly string[] {
  const titles = carried(positions, carriers, options).map(({ title }) => title)
  return titles.length > 0 ? ['', ...titles] : []
}

/** The same with what is on each. */
export function containersOnWagonView(
  positions: readonly PositionView[],
  carriers: Carriers,
  options: ViewOptions,
): readonly string[] {
  return carried(positions, carriers, options).flatMap(({ title, riders }) => [
    '',
    title,
    ...(riders.length === 0 ? [] : listView(riders, options).flatMap((record) => ['', record])),
  ])
}

function carried(
  positions: readonly PositionView[],
  { wagons, waybills }: Carriers,
  options: ViewOptions,
): readonly Carried[] {
  const words = texts[options.language]
  return [
    ...wagons.map((wagon) => {
      const { riders, isOver } = onWagon(positions, wagon, options.settings)
      return { title: wagonTitle(wagon, { count: riders.length, isOver }, options), riders }
    }),
    ...waybills.map((waybill) => {
      const riders = positions.filter((position) => position.waybill === waybill)
      return { title: words.underWaybill(waybill, riders.length), riders }
    }),
  ]
}

function wagonTitle(
  wagon: string,
  { count, isOver }: { readonly count: number; readonly isOver: boolean },
  { language }: ViewOptions,
): string {
  const words = texts[language]
  const type = wagonType(wagon as WagonNumber)
  const name = type === undefined ? words.wagonName(wagon) : `${words.wagonName(wagon)} (${words.wagonTypes[type]})`
  if (count > 0) return `${name}: ${isOver ? words.onceOnWagon(count) : words.containers(count)}`
  const warning = isValidWagonNumber(wagon as WagonNumber) ? '' : `\n${words.checkTheWagon}`
  return `${name}: ${words.unknownWagon}${warning}`
}

function onWagon(positions: readonly PositionView[], wagon: string, settings: ViewSettings) {
  const all = positions.filter((position) => position.wagon === wagon)
  const current = all.filter((position) => !isTripOver(position, settings))
  return current.length > 0 ? { riders: current, isOver: false } : { riders: all, isOver: true }
}

function isTripOver(position: PositionView, settings: ViewSettings): boolean {
  const { status, isOver } = factsOf(position, settings)
  return isOver || status === 'dropped'
}
