import { factsOf, type PositionView } from '@atermtrack/data'
import { isValidWagonNumber, wagonType, type WagonNumber } from '@atermtrack/domain'
import { lookupTexts as texts } from '@atermtrack/messages'
import { listView } from './list.ts'
import type { ViewOptions } from '../view-options.ts'
import type { ViewSettings } from '../view-settings.ts'

/** Numbers other than their own by which containers can be asked for. */
export interface Carriers {
  readonly wagons: readonly string[]
  readonly waybills: readonly string[]
}

interface Carried {
  readonly title: string
  readonly containers: readonly PositionView[]
}

/**
 * The containers on the wagons and under the waybills. Containers of earlier trips still name a wagon: they count only when
 * nothing is on it now.
 */
export function containersOnWagon(
  positions: readonly PositionView[],
  { wagons, waybills }: Carriers,
  settings: ViewSettings,
): readonly PositionView[] {
  const containers = [
    ...wagons.flatMap((wagon) => onWagon(positions, wagon, settings).containers),
    ...waybills.flatMap((waybill) => positions.filter((position) => position.waybill === waybill)),
  ]
  return [...new Set(containers)]
}

/** Records that name each carrier with the number of containers on it, or say that nothing is known about it. */
export function carrierTitles(
  positions: readonly PositionView[],
  carriers: Carriers,
  options: ViewOptions,
): readonly string[] {
  const titles = carried(positions, carriers, options).map(({ title }) => title)
  return titles.length > 0 ? ['', ...titles] : []
}

/** The same with the list of the containers of each carrier. */
export function containersOnWagonView(
  positions: readonly PositionView[],
  carriers: Carriers,
  options: ViewOptions,
): readonly string[] {
  return carried(positions, carriers, options).flatMap(({ title, containers }) => [
    '',
    title,
    ...(containers.length === 0 ? [] : listView(containers, options).flatMap((record) => ['', record])),
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
      const { containers, isOver } = onWagon(positions, wagon, options.settings)
      return { title: wagonTitle(wagon, { count: containers.length, isOver }, options), containers }
    }),
    ...waybills.map((waybill) => {
      const containers = positions.filter((position) => position.waybill === waybill)
      return { title: words.underWaybill(waybill, containers.length), containers }
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
  return current.length > 0 ? { containers: current, isOver: false } : { containers: all, isOver: true }
}

function isTripOver(position: PositionView, settings: ViewSettings): boolean {
  const { status, isOver } = factsOf(position, settings)
  return isOver || status === 'dropped'
}
