import type { ContainerLinks, PositionView, TerminalDeparture } from '@atermtrack/data'
import { parseFreeDays, type WallTime } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { aPosition } from '../../../testing/a-position.ts'
import { cardView } from './card.ts'
import { notSeenView, linksCardView } from './links.ts'

const settings = { sourceZone: 'Europe/Moscow', freeDays: [], staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const ru = { language: 'ru', now: new Date('2025-09-02T06:00:00Z'), settings } as const
const container = 'MSKU6011672'
const links: ContainerLinks = {
  container,
  stay: {
    terminal: 'A-Terminal',
    direction: 'Селятино',
    stock: 'Сток <1>',
    size: '40 HC',
    isLoaded: null,
    isAtCustoms: false,
    isDamaged: null,
    arrivedAt: new Date('2025-09-01T00:00:00Z'),
    arrivedWall: '2025-09-01T10:00:00' as WallTime,
    reportedAt: new Date('2025-09-01T22:30:00Z'),
    asOf: new Date('2025-09-01T22:30:00Z'),
    zone: 'Asia/Vladivostok',
  },
  train: { code: 'К25-073', destination: null, sentAt: new Date('2025-08-31T22:00:00Z'), waybill: null },
}

describe('a card', () => {
  const atOrigin = { station: { name: 'ВЛАДИВОСТОК', code: '980003' }, operation: 'Погрузка (20)' }
  const withoutTrain = { trainNumber: null, trainIndex: null }
  const atDestination = { station: { name: 'СЕЛЯТИНО', code: '181102' } }

  test.each<[string, boolean, Partial<PositionView>]>([
    ['at the origin', true, { ...atOrigin, ...withoutTrain }],
    ['on its way after the arrival there', false, {}],
    ['on a trip before the arrival there', true, { operatedAt: new Date('2025-08-31T00:00:00Z') }],
    ['at a destination that it reached after the newest report', false, atDestination],
    [
      'at a destination before the newest report',
      true,
      { ...atDestination, operatedAt: new Date('2025-09-01T20:00:00Z') },
    ],
  ])('of a container %s names the terminal: %s', (_, isNamed, fields) => {
    expect(cardView(aPosition(fields), ru, links).includes('На терминале A-Terminal')).toBe(isNamed)
  })

  test.each<[string, boolean, Partial<PositionView>]>([
    ['on the trip of the list', true, { tripStartedAt: new Date('2025-08-31T00:00:00Z') }],
    ['on a later trip', false, { tripStartedAt: new Date('2025-09-20T00:00:00Z') }],
    ['whose former trip is all that is known', true, { tripStartedAt: new Date('2025-07-01T00:00:00Z') }],
    [
      'without a start of its trip, long after the list',
      false,
      { tripStartedAt: null, operatedAt: new Date('2025-12-01') },
    ],
  ])('of a container %s names the train: %s', (_, isNamed, fields) => {
    expect(cardView(aPosition(fields), ru, links).includes('Поезд терминала')).toBe(isNamed)
  })

  test('of a container that came to the terminal again after the list does not name the earlier train', () => {
    const train = { code: 'К25-040', destination: null, sentAt: new Date('2025-07-01T00:00:00Z'), waybill: null }
    expect(linksCardView({ ...links, train }, ru)).not.toContain('К25-040')
    expect(notSeenView([{ ...links, train }], ru).join()).not.toContain('К25-040')
  })

  test('has no empty lines when nobody else knows the container', () => {
    expect(cardView(aPosition(), ru, { container, stay: links.stay, train: undefined })).toBe(cardView(aPosition(), ru))
  })

  test('is short, and says why, when the railway has not seen the container', () => {
    expect(linksCardView(links, ru)).toBe(
      [
        '<b>⏳ в дислокации ещё не виден</b>',
        '📦 <code>MSKU6011672</code>',
        '',
        '🏗 На терминале A-Terminal с 1 сентября 03:00, стоит 0 сут, сток &lt;1&gt;, направление Селятино, данные терминала на 2 сентября 01:30',
        '🚂 Поезд терминала <code>К25-073</code>, список от 1 сентября',
        '',
        '🕒 Время: МСК',
      ].join('\n'),
    )
    expect(linksCardView({ ...links, container: 'MSKU6011673' }, ru)).toContain('Контрольная цифра номера не сходится')
  })
})

describe('a container on site', () => {
  const reportedAt = new Date('2025-09-06T22:30:00Z')
  const kept = { ...links, stay: { ...links.stay!, isAtCustoms: true, isDamaged: true, reportedAt } }
  const withRules = (text: string, language: 'ru' | 'en' = 'ru') => ({
    ...ru,
    language,
    settings: { ...settings, freeDays: parseFreeDays(text) ?? [] },
  })

  test('has a card that says how long it has stood until the newest report, at what price, and in which condition', () => {
    const plain = (options: typeof ru | ReturnType<typeof withRules>) =>
      linksCardView(kept, options).replaceAll('\u00A0', ' ')
    expect(plain(ru)).toContain('с 1 сентября 03:00, стоит 5 сут, на таможне, повреждён, сток')
    expect(plain(withRules('*;*;*=10'))).toContain('стоит 5 сут, бесплатно ещё 4 сут, на таможне')
    expect(plain(withRules('*;20;*=10, A-Terminal;40;Селятино=3:1500'))).toContain(
      'стоит 5 сут, платно 3 сут, 4 500 ₽, на таможне',
    )
    expect(plain(withRules('*;*;*=3', 'en'))).toContain('5 days on site, 3 days chargeable, at customs, damaged')
  })
})

describe('a container that has left the terminal', () => {
  const departure: TerminalDeparture = {
    terminal: 'A-Terminal',
    direction: 'Селятино',
    stock: null,
    arrivedWall: '2025-08-25T10:00:00' as WallTime,
    leftWall: '2025-09-01T18:00:00' as WallTime,
    by: { kind: 'rail', wagon: '58955428', station: 'Селятино' },
    asOf: new Date('2025-09-01T22:30:00Z'),
    zone: 'Asia/Vladivostok',
  }
  const gone: ContainerLinks = { container, stay: undefined, departure, train: links.train }

  test('has a card that says when, by what and on which train it left, and that the railway has not reported it', () => {
    expect(linksCardView(gone, ru)).toBe(
      [
        '<b>⏳ ушёл с терминала, в дислокации ещё не появился</b>',
        '📦 <code>MSKU6011672</code>',
        '',
        '🏗 Ушёл с терминала A-Terminal вчера 11:00 (1 сентября), по железной дороге, вагон <code>58955428</code>, станция Селятино, направление Селятино, пришёл 25 августа 03:00, данные терминала на 2 сентября 01:30',
        '🚂 Поезд терминала <code>К25-073</code>, список от 1 сентября',
        '',
        '🕒 Время: МСК',
      ].join('\n'),
    )
    expect(linksCardView(gone, { ...ru, language: 'en' })).toContain('🏗 Left terminal A-Terminal yesterday 11:00')
  })

  test('by truck says no more of the truck', () => {
    const byTruck = { ...gone, train: undefined, departure: { ...departure, by: { kind: 'truck' } as const } }
    expect(linksCardView(byTruck, ru)).toContain(
      '<b>🚚 вывезен с терминала автомобилем</b>\n📦 <code>MSKU6011672</code>\n\n🏗 Ушёл с терминала A-Terminal вчера 11:00 (1 сентября), автомобилем, пришёл',
    )
  })

  test.each<[string, boolean, Partial<PositionView>]>([
    ['not since', true, { operatedAt: new Date('2025-09-01T07:00:00Z') }],
    ['since', false, {}],
  ])('says so on the card of the railway where the railway has reported it %s: %s', (_, isNamed, fields) => {
    expect(cardView(aPosition(fields), ru, gone).includes('Ушёл с терминала A-Terminal')).toBe(isNamed)
  })
})

test('a long list of containers that the railway has not seen names the first 30', () => {
  const lines = notSeenView(
    Array.from({ length: 33 }, () => links),
    ru,
  )
  expect(lines[1]).toBe('⏳ <b>В дислокации ещё не видны: 33</b>')
  expect(lines).toHaveLength(33)
  expect(lines.at(-1)).toBe('… и ещё 3')
})
