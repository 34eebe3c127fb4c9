import { describe, expect, test } from 'vitest'
import { mainStops, stayMinutes, stopsOfWay, type WayOperation } from './way.ts'

const hour = (n: number) => new Date(Date.UTC(2026, 10, 1, n))
const operation = (station: string, n: number, kmLeft?: number): WayOperation => ({ station, at: hour(n), kmLeft })

describe('the stops of a way', () => {
  test('hold all operations at a station, and a station that comes again is another stop', () => {
    const way = [operation('A', 0, 900), operation('A', 5), operation('B', 7, 500), operation('A', 9, 880)]
    expect(stopsOfWay(way)).toEqual([
      { station: 'A', from: hour(0), until: hour(5), kmLeft: 900 },
      { station: 'B', from: hour(7), until: hour(7), kmLeft: 500 },
      { station: 'A', from: hour(9), until: hour(9), kmLeft: 880 },
    ])
    expect(stopsOfWay([])).toEqual([])
  })

  test('that a short list shows are the ends and the longest stays, with the number of the others', () => {
    const way = ['A', 'B', 'B', 'C', 'D', 'D', 'E', 'F'].map((station, n) => operation(station, n * 2))
    const stops = stopsOfWay(way)
    const shown = mainStops(stops, 4).map((stop) => (typeof stop === 'number' ? stop : stop.station))
    expect(shown).toEqual(['A', 'B', 1, 'D', 1, 'F'])
    expect(mainStops(stops, 9)).toEqual(stops)
    expect(mainStops(stops.slice(0, 1), 4)).toEqual(stops.slice(0, 1))
    expect(mainStops([], 4)).toEqual([])
    expect(stayMinutes(stops[1]!)).toBe(120)
  })
})
