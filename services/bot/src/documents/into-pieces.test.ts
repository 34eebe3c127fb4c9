import { expect, test } from 'vitest'
import { intoPieces } from './into-pieces.ts'

async function sizes(chunks: readonly number[], pieceBytes: number): Promise<readonly number[]> {
  async function* source() {
    for (const size of chunks) yield Buffer.alloc(size, 7)
  }
  const pieces: number[] = []
  for await (const piece of intoPieces(source(), pieceBytes)) pieces.push(piece.length)
  return pieces
}

test.for([
  ['small chunks', [3, 3, 3, 3], [10, 2]],
  ['a chunk that is many pieces', [25], [10, 10, 5]],
  ['a whole number of pieces', [10, 10], [10, 10]],
  ['nothing', [], []],
  ['empty chunks', [0, 4, 0], [4]],
] as const)('%s become pieces of one size and a rest', async ([, chunks, expected]) => {
  expect(await sizes(chunks, 10)).toEqual(expected)
})

test('the bytes keep their order', async () => {
  async function* source() {
    yield Buffer.from('abcde')
    yield Buffer.from('fg')
  }
  const pieces: string[] = []
  for await (const piece of intoPieces(source(), 3)) pieces.push(Buffer.from(piece).toString())
  expect(pieces).toEqual(['abc', 'def', 'g'])
})
