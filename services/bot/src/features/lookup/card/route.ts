import type { CardPosition, PositionView, StationView } from '@atermtrack/data'
import { isSameStation } from '@atermtrack/domain'
import { type Language, lookupTexts as texts } from '@atermtrack/messages'
import { kmView } from './distance.ts'
import { nameView } from './way.ts'

/** A position with or without the stations that it has passed. */
export type OnRoute = PositionView & Partial<Pick<CardPosition, 'passed'>>

const mostPassed = 2
const barLength = 10

/** `● Владивосток ─ ● Чита I ─ ◉ Омск ─ 2 140 км ─ ○ Селятино`; a line breaks between two points only. */
export function routeStrip(position: OnRoute, language: Language): string {
  const { origin, station, destination, passed = [], kmLeft } = position
  const last = passed.slice(0, mostPassed).toReversed()
  const isArrived = isSame(station, destination)
  const points = [
    ...(origin && !isSame(station, origin) ? [`● ${nameView(origin.name, language)}`] : []),
    ...(passed.length > mostPassed ? ['…'] : []),
    ...last.map((name) => `● ${nameView(name, language)}`),
    `◉ <b>${nameView(station.name, language)}</b>`,
    ...(isArrived || kmLeft === null ? [] : [kmView(kmLeft, language)]),
    ...(isArrived ? [] : [`○ ${destination ? nameView(destination.name, language) : texts[language].unknown}`]),
  ]
  return points.map((point) => point.replaceAll(' ', '\u00A0')).join(' ─ ')
}

/** `▓▓▓░░░░░░░ 33 %` */
export function progressBar(percent: number): string {
  const done = Math.round((percent / 100) * barLength)
  return `${'▓'.repeat(done)}${'░'.repeat(barLength - done)} ${percent} %`
}

function isSame(a: StationView, b: StationView | undefined): boolean {
  return isSameStation({ name: a.name, code: a.code ?? undefined }, b && { name: b.name, code: b.code ?? undefined })
}
