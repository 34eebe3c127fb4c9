import { expect, test } from 'vitest'
import { createByteRoom } from './byte-room.ts'

test('files are let in side by side while their bytes fit', () => {
  const room = createByteRoom(100)
  const [first, second, third] = [room.open(), room.open(), room.open()]
  expect([first.admit(45), second.admit(45)]).toEqual([0, 0])
  expect(third.admit(45)).toBeGreaterThan(0)
  expect(third.admit(10)).toBe(0)
})

test('a finished file makes room, once', () => {
  const room = createByteRoom(100)
  const [first, second] = [room.open(), room.open()]
  first.admit(60)
  first[Symbol.dispose]()
  first[Symbol.dispose]()
  expect(second.admit(100)).toBe(0)
  expect(room.open().admit(1)).toBeGreaterThan(0)
})

test('a file that is larger than the room is let in alone', () => {
  const room = createByteRoom(100)
  using large = room.open()
  expect(large.admit(500)).toBe(0)
  expect(room.open().admit(1)).toBeGreaterThan(0)
  expect(room.open().admit(0)).toBe(0)
})

test('no more files are let in side by side than the room may hold, however small', () => {
  const room = createByteRoom(100, { mostFiles: 2 })
  const [first, second, third] = [room.open(), room.open(), room.open()]
  expect([first.admit(1), second.admit(1)]).toEqual([0, 0])
  expect(third.admit(0)).toBe(0)
  expect(third.admit(1)).toBeGreaterThan(0)
  first[Symbol.dispose]()
  expect(third.admit(1)).toBe(0)
})

test('many waiting jobs ask one after the other, none later than in half a minute', () => {
  const room = createByteRoom(100)
  room.open().admit(100)
  const waits = Array.from({ length: 1_000 }, () => room.open().admit(1))
  expect(waits[0]).toBeLessThanOrEqual(250)
  expect(waits[9]).toBeGreaterThan(1_500)
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_000)
})
