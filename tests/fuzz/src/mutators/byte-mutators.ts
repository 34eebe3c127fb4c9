import type { Random } from '../random.ts'
import type { Mutators } from './mutator.ts'

/** Sizes and counts that readers stumble over. */
const awkwardNumbers = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff]
const longestChunk = 20_000

/** Damage regardless of the format. */
export const byteMutators: Mutators = {
  flipBytes(bytes, random) {
    const damaged = Buffer.from(bytes)
    for (let left = random.between(1, 40); left > 0; left -= 1) {
      damaged[random.below(damaged.length)] = random.below(256)
    }
    return damaged
  },
  flipBit(bytes, random) {
    const damaged = Buffer.from(bytes)
    const at = random.below(damaged.length)
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.below(8))
    return damaged
  },
  writeNumber(bytes, random) {
    const damaged = Buffer.from(bytes)
    const number = Buffer.alloc(4)
    number.writeUInt32LE(random.pick(awkwardNumbers))
    number.copy(damaged, random.below(damaged.length), 0, random.pick([1, 2, 4]))
    return damaged
  },
  truncate: (bytes, random) => bytes.subarray(0, random.between(1, bytes.length)),
  cutOut(bytes, random) {
    const { start, end } = chunkOf(bytes, random)
    return end - start === bytes.length ? bytes : Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  },
  repeatChunk(bytes, random) {
    const { start, end } = chunkOf(bytes, random)
    const times = random.pick([1, 2, 10, 100])
    const copies = Array.from({ length: times }, () => bytes.subarray(start, end))
    return Buffer.concat([bytes.subarray(0, end), ...copies, bytes.subarray(end)])
  },
  splice(bytes, random, peer) {
    const head = bytes.subarray(0, random.between(1, bytes.length))
    return Buffer.concat([head, peer.subarray(random.below(peer.length))])
  },
  embed(bytes, random, peer) {
    const at = random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), peer, bytes.subarray(at)])
  },
  blank(bytes, random) {
    const { start, end } = chunkOf(bytes, random)
    return Buffer.from(bytes).fill(random.pick([0, 0x20, 0xff]), start, end)
  },
}

function chunkOf(bytes: Buffer, random: Random): { readonly start: number; readonly end: number } {
  const start = random.below(bytes.length)
  return { start, end: Math.min(bytes.length, start + random.between(1, longestChunk)) }
}
