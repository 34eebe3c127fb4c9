import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextSlot, parseSlot, slotsBetween, type Slot } from './schedule.ts'

const berlin = 'Europe/Berlin'
const slotsOf = (...texts: string[]) => texts.map((text) => parseSlot(text)!)
const shown = (planned: ReturnType<typeof slotsBetween>) =>
  planned.map(({ plannedAt, localDate, slot }) => `${localDate} ${slot} ${plannedAt.toISOString().slice(0, 16)}`)

test.each([
  ['9:00', '09:00'],
  ['09.30', '09:30'],
  [' 23-59 ', '23:59'],
  ['7', '07:00'],
  ['24:00', undefined],
  ['9:60', undefined],
  ['', undefined],
])('parseSlot(%j) is %j', (text, slot) => {
  expect(parseSlot(text)).toBe(slot)
})

describe('nextSlot', () => {
  test('is later than the moment asked about', () => {
    const schedule = { slots: slotsOf('09:00', '18:00'), zone: 'Europe/Moscow' }
    const next = nextSlot({ ...schedule, after: new Date('2025-09-02T06:00:00Z') })
    expect(next).toEqual({ plannedAt: new Date('2025-09-02T15:00:00Z'), localDate: '2025-09-02', slot: '18:00' })
    expect(nextSlot({ ...schedule, after: next!.plannedAt })?.localDate).toBe('2025-09-03')
  })

  test('is none without slots', () => {
    expect(nextSlot({ slots: [], zone: berlin, after: new Date(0) })).toBeUndefined()
  })
})

describe('slotsBetween', () => {
  test('moves a slot of the spring gap forward, behind the slots that come first then', () => {
    const day = { from: new Date('2025-03-29T23:00:00Z'), until: new Date('2025-03-30T21:00:00Z'), zone: berlin }
    expect(shown(slotsBetween({ ...day, slots: slotsOf('02:30', '03:00') }))).toEqual([
      '2025-03-30 03:00 2025-03-30T01:00',
      '2025-03-30 02:30 2025-03-30T01:30',
    ])
  })

  test('drops a slot of the spring gap that would move onto another one', () => {
    const day = { from: new Date('2025-03-29T23:00:00Z'), until: new Date('2025-03-30T21:00:00Z'), zone: berlin }
    expect(shown(slotsBetween({ ...day, slots: slotsOf('02:30', '03:30') }))).toEqual([
      '2025-03-30 03:30 2025-03-30T01:30',
    ])
  })

  test('fires a slot of the autumn overlap once', () => {
    const day = { from: new Date('2025-10-25T22:00:00Z'), until: new Date('2025-10-26T22:00:00Z'), zone: berlin }
    expect(shown(slotsBetween({ ...day, slots: slotsOf('02:30') }))).toEqual(['2025-10-26 02:30 2025-10-26T00:30'])
  })

  test('includes both ends and counts a repeated slot once', () => {
    const ends = { from: new Date('2025-09-02T06:00:00Z'), until: new Date('2025-09-03T06:00:00Z') }
    const planned = slotsBetween({ ...ends, slots: slotsOf('9:00', '09:00'), zone: 'Europe/Moscow' })
    expect(planned.map(({ localDate }) => localDate)).toEqual(['2025-09-02', '2025-09-03'])
  })

  test('returns the newest thousand after an outage of years', () => {
    const until = new Date('2025-09-02T06:00:00Z')
    const planned = slotsBetween({ slots: slotsOf('9', '21'), zone: 'Europe/Moscow', from: new Date(0), until })
    expect(planned).toHaveLength(1000)
    expect(planned.at(-1)?.plannedAt).toEqual(until)
  })

  test('is empty when the time runs backwards or there are no slots', () => {
    const ends = { from: new Date('2025-09-03Z'), until: new Date('2025-09-01Z'), zone: berlin }
    expect(slotsBetween({ ...ends, slots: slotsOf('9') })).toEqual([])
    expect(slotsBetween({ slots: [], zone: berlin, from: ends.until, until: ends.from })).toEqual([])
  })
})

describe('in any zone', () => {
  const zones = fc.constantFrom(
    'Europe/Moscow',
    'Asia/Vladivostok',
    berlin,
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'Pacific/Apia',
  )
  const slot = fc
    .integer({ min: 0, max: 1439 })
    .map(
      (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` as Slot,
    )
  const slots = fc.array(slot, { minLength: 1, maxLength: 5 })
  const moment = fc.date({ min: new Date('2011-01-01Z'), max: new Date('2030-01-01Z'), noInvalidDate: true })

  test('the moments rise strictly and every local date and slot comes once', () => {
    fc.assert(
      fc.property(zones, slots, moment, (zone, slots, from) => {
        const until = new Date(from.getTime() + 100 * 86_400_000)
        const planned = slotsBetween({ slots, zone, from, until })
        const times = planned.map(({ plannedAt }) => plannedAt.getTime())
        expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
        expect(new Set(planned.map(({ localDate, slot }) => `${localDate} ${slot}`)).size).toBe(planned.length)
        expect(planned.length).toBeGreaterThanOrEqual(98)
      }),
    )
  })

  test('walking with nextSlot meets what slotsBetween lists', () => {
    fc.assert(
      fc.property(zones, slots, moment, (zone, slots, from) => {
        const until = new Date(from.getTime() + 4 * 86_400_000)
        const walked = []
        let next = nextSlot({ slots, zone, after: new Date(from.getTime() - 1) })
        while (next && next.plannedAt <= until) {
          walked.push(next)
          next = nextSlot({ slots, zone, after: next.plannedAt })
        }
        expect(walked).toEqual(slotsBetween({ slots, zone, from, until }))
      }),
    )
  })
})
