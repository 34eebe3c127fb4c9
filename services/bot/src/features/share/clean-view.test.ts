import type { ContainerLinks, PositionView, TrainView } from '@atermtrack/data'
import type { WallTime } from '@atermtrack/domain'
import { toPlainText } from '@atermtrack/messages'
import { describe, expect, test } from 'vitest'
import { aPosition } from '../../testing/a-position.ts'
import { trainSnapshot } from '../trains/train-snapshot.ts'
import { cleanCard, cleanList, cleanTrain, isShareable, shortState } from './clean-view.ts'

const settings = { sourceZone: 'Europe/Moscow', freeDays: [], staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const now = new Date('2025-09-02T06:00:00Z')
const ru = { language: 'ru', now, settings, zone: undefined } as const
const en = { ...ru, language: 'en' } as const

/** Whatever is our own affair, or that of another client. */
const internal = /94287657|2051|9822|ЭФ038927|Ромашка|брош|пропал|простой|срок|опозд|вагон|накладн|поезд \d/i

const secretive: readonly Partial<PositionView>[] = [
  {},
  { operation: 'Бросание поезда (92)', isAbandoned: true, operatedAt: new Date('2025-08-29T12:00:00Z') },
  { missingSince: new Date('2025-09-01T00:00:00Z'), sourceStamp: new Date('2025-09-02T05:00:00Z') },
  { station: { name: 'СЕЛЯТИНО', code: '181102' }, kmLeft: 0, arrivedAt: new Date('2025-09-01T00:00:00Z') },
  { deliveryDueAt: new Date('2025-08-01T00:00:00Z'), consignee: 'ООО «Ромашка»' },
  { destination: undefined, origin: undefined, kmLeft: null, roadName: null },
]

describe('what is passed on to a client', () => {
  test('says where a container is, how far it has to go, when it comes, and until when that holds', () => {
    expect(toPlainText(cleanCard(aPosition(), ru)).split('\n')).toEqual([
      '📦 MSKU6011672',
      '🚂 в пути',
      'Владивосток → Селятино',
      'Сейчас: Чита I, Забайкальская, сведения от 2 сентября 06:30',
      'Осталось: 6\u00A0120 км',
      'Ожидаем: 13 сентября',
      '',
      'Данные на 2 сентября 08:00 МСК, действительны до 3 сентября 08:00',
    ])
  })

  test.each(secretive)('holds nothing of our own: %j', (fields) => {
    const position = aPosition(fields)
    for (const html of [cleanCard(position, ru), cleanList([position, position], ru)])
      expect(html).not.toMatch(internal)
    expect(cleanCard(position, en)).not.toMatch(/abandon|missing|wagon|train|waybill|norm|late/i)
  })

  test('says of a container that only a terminal knows where it stands, or how it left', () => {
    const visit = { terminal: 'A-<Terminal>', direction: 'СЕЛЯТИНО', stock: 'Сток 1', client: 'ООО «Ромашка»' }
    const dated = { arrivedWall: '2025-08-28T10:00:00' as WallTime, asOf: new Date('2025-09-01T22:30:00Z') }
    const stay = {
      ...visit,
      ...dated,
      zone: 'Asia/Vladivostok',
      size: '40 HC',
      isLoaded: null,
      isAtCustoms: true,
      isDamaged: true,
      arrivedAt: null,
      reportedAt: dated.asOf,
    }
    const onSite: ContainerLinks = { container: 'MSKU6011672', stay, train: undefined }
    expect(cleanCard(onSite, ru).split('\n')).toEqual([
      '📦 <code>MSKU6011672</code>',
      '🏗 на терминале',
      'Терминал A-&lt;Terminal&gt;, с 28 августа',
      'Направление: Селятино',
      '',
      'Данные на 2 сентября 01:30 МСК, действительны до 3 сентября 01:30',
    ])
    expect(shortState(onSite, ru)).toBe('🏗 на терминале, Терминал A-<Terminal>, с 28 августа')
    const leftWall = '2025-09-01T18:00:00' as WallTime
    const departure = {
      ...visit,
      ...dated,
      zone: null,
      leftWall,
      by: { kind: 'rail', wagon: '58955428', station: 'Иня' },
    }
    const gone = { container: 'MSKU6011705', stay: undefined, departure, train: undefined } as ContainerLinks
    const list = cleanList([aPosition(), onSite, gone], ru)
    expect(list).toContain('🚂 отправлен с терминала\nТерминал A-&lt;Terminal&gt;, 1 сентября')
    expect(list).toContain('Данные на 2 сентября 01:30 МСК')
    expect(list).not.toMatch(/58955428|Ромашка|Сток|таможн|повреж|40 HC/)
    const listed = { code: 'К25-073', destination: null, sentAt: now, waybill: null }
    expect([onSite, gone, { ...gone, departure: undefined, train: listed }].map(isShareable)).toEqual([
      true,
      true,
      false,
    ])
  })

  test('after a day says that the data are old', () => {
    const later = { ...ru, now: new Date('2025-09-03T06:00:00Z') }
    expect(cleanCard(aPosition(), later)).toContain('Данные на 2 сентября 08:00 МСК, новых пока нет')
  })

  test('escapes what the files say', () => {
    const html = cleanCard(aPosition({ station: { name: '<b>A&B', code: null } }), ru)
    expect(html).toContain('&lt;b&gt;A&amp;B')
  })

  test('of a train says how many containers are where, without numbers and clients', () => {
    const rows = ['MSKU6011672', 'MSKU6011705', 'TKRU4471976'].map((container) => ({
      container,
      client: 'ООО «Ромашка»',
      waybill: 'ЭФ038927',
    }))
    const train: TrainView = {
      code: 'К25-073',
      destination: 'Селятино',
      transshipmentStation: null,
      sentAt: new Date('2025-08-28T00:00:00Z'),
      rows,
    }
    const known = new Map(
      [aPosition(), aPosition({ container: 'MSKU6011705', operation: 'Бросание поезда (92)', isAbandoned: true })].map(
        (position) => [position.container, position],
      ),
    )
    const html = cleanTrain(train, trainSnapshot(train, known, settings), ru)
    expect(html).toContain('Поезд К25-073</b> → Селятино')
    expect(html).toContain('Чита I: 2')
    expect(html).toContain('задерживается в пути: 1')
    expect(html).not.toMatch(/MSKU|TKRU|Ромашка|брош|ЭФ038927/i)
  })
})
