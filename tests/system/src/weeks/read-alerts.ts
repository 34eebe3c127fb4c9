import type { PersonHandle } from '@atermtrack/sandbox'
import { textOf } from '../talk.ts'
import type { AlertSeen, LikeEventsSeen } from './expectations.ts'
import type { OracleKind } from './oracle-event.ts'

const headings: Readonly<Record<string, OracleKind>> = {
  '🚂 Отправление': 'departed',
  '🚉 Прибытие на станцию': 'arrived_at_station',
  '🛑 Поезд брошен': 'abandoned',
  '✅ Брошенный поезд снова едет': 'picked_up',
  '⏸ Долгий простой': 'long_idle_began',
  '▶️ Простой закончился': 'long_idle_ended',
  '🔁 Смена вагона': 'wagon_changed',
  '🔀 Смена поезда': 'train_changed',
  '⚠️ Смена станции назначения': 'destination_changed',
  '🏁 Прибытие на станцию назначения': 'arrived',
  '📤 Выгрузка или выдача': 'unloaded',
  '❓ Пропажа из отчёта': 'missing',
  '🔎 Снова в отчёте': 'returned',
  '📅 Прибытие откладывается': 'forecast_moved',
  '📅 Прибытие ожидается раньше': 'forecast_moved',
  '⏳ Риск опоздать к нормативному сроку': 'norm_at_risk',
  '⏰ Нормативный срок прошёл': 'norm_missed',
  '🏗 Приём на терминал': 'came_to_terminal',
  '🚪 Уход с терминала': 'left_terminal',
  '💰 Кончаются бесплатные дни на терминале': 'free_days_end',
}
const directions: Readonly<Record<string, LikeEventsSeen['direction']>> = {
  '📅 Прибытие откладывается': 'later',
  '📅 Прибытие ожидается раньше': 'earlier',
}
const number = /[A-Z]{4}\d{7}/g
const gathered = /^(🔔 События|🌅 События за тихие часы|🔔 Ещё события)/u
const correction = '✏️ Исправлено, этого не было: '
const wholeCorrection = '✏️ Исправление. '
const zoneLine = '🕒 Время: '
const months = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')
const date = String.raw`(?:сегодня|вчера|завтра|\d{1,2} [а-я]+|\d\d\.\d\d\.\d{4})`
const moment =
  /(?:(\d{1,2}) ([а-я]+)|(\d\d)\.(\d\d)\.\d{4}|сегодня|вчера|завтра) (\d\d:\d\d)(?: МСК)?(?: \((?:(\d{1,2}) ([а-я]+))\))?/gu

/** The messages about events that stand in a chat now, in their order. Throws for one that it cannot read. */
export function readAlerts(chat: Pick<PersonHandle, 'messages'>): readonly AlertSeen[] {
  return chat
    .messages()
    .filter(({ from }) => from.is_bot)
    .map(textOf)
    .filter((text) => gathered.test(text) || text.startsWith(wholeCorrection) || headingOf(text) !== undefined)
    .map(readAlert)
}

function readAlert(text: string): AlertSeen {
  if (text.startsWith(wholeCorrection)) return { groups: [], corrected: numbersIn(text) }
  const lines = text.split('\n')
  const corrected = lines.filter((line) => line.startsWith(correction)).flatMap(numbersIn)
  const said = lines.filter((line) => line !== '' && !line.startsWith(correction) && !line.startsWith(zoneLine))
  if (!gathered.test(text)) return { groups: [readLike(said)], corrected }
  const groups: LikeEventsSeen[] = []
  for (let at = 1; at < said.length; at += 2) groups.push(readLine(said[at] ?? '', said[at + 1] ?? ''))
  return { groups, corrected }
}

function readLike(lines: readonly string[]): LikeEventsSeen {
  const [heading = ''] = lines
  const after = (mark: string) => lines.find((line) => line.startsWith(mark))?.slice(mark.length)
  const [only] = numbersIn(heading)
  const count = only === undefined ? Number(/: (\d+) /.exec(heading)?.[1]) : 1
  const containers = only === undefined ? numbersIn(lines.at(-1) ?? '') : [only]
  const free = after('💳 Бесплатно до ')
  return {
    ...kindOf(heading),
    place: placeOf(after('📍 ')),
    when: whenOf(after('🕒 ')),
    hours: /, на ([\d–]+) час/u.exec(heading)?.[1],
    freeUntil: free && `${whenOf(free)}, ${/потом (\d+) ₽/u.exec(free)?.[1] ?? ''}`,
    count,
    containers,
  }
}

/** `🛑 Поезд брошен, Могоча, поезд 1234 (…), 12 июня 08:00` and its containers. */
function readLine(line: string, list: string): LikeEventsSeen {
  const heading = headingOf(line)
  const [, place, when = ''] =
    new RegExp(`^, (?:(.*), )?((?:с )?${date} \\d\\d:\\d\\d[^,]*)$`, 'u').exec(line.slice(heading?.length ?? 0)) ?? []
  const containers = numbersIn(list)
  const more = Number(/… и ещё (\d+)/.exec(list)?.[1] ?? 0)
  return {
    ...kindOf(line),
    place: placeOf(place),
    when: whenOf(when),
    hours: undefined,
    freeUntil: undefined,
    count: containers.length + more,
    containers,
  }
}

/** A place as the railway writes it, in capitals. */
function placeOf(text: string | undefined): string | undefined {
  return text?.replace(/^[^,]*/, (station) => station.toUpperCase())
}

/** `12.06 08:00`, or two of them; a message names days in words where they are near. */
function whenOf(text = ''): string {
  return [...text.matchAll(moment)]
    .map(([, day, month, dayNumber, monthNumber, time, nearDay, nearMonth]) => {
      const [shown, name] = [day ?? nearDay ?? dayNumber ?? '', month ?? nearMonth]
      const place = name === undefined ? Number(monthNumber) : months.indexOf(name) + 1
      return `${shown.padStart(2, '0')}.${String(place).padStart(2, '0')} ${time}`
    })
    .join(' – ')
}

function headingOf(text: string): string | undefined {
  return Object.keys(headings).find((heading) => text.startsWith(`${heading}:`) || text.startsWith(`${heading},`))
}

function kindOf(line: string): Pick<LikeEventsSeen, 'kind' | 'direction'> {
  const heading = headingOf(line)
  if (heading === undefined) throw new Error(`a line about events that nobody can read: ${line}`)
  return { kind: headings[heading] ?? heading, direction: directions[heading] }
}

function numbersIn(text: string): readonly string[] {
  return text.match(number) ?? []
}
