import type { Random } from '../random.ts'
import type { Mutator, Mutators } from './mutator.ts'

const headerBytes = 512
const directoryEntryBytes = 128
const sectorMarks = [0, 1, 2, 0x00ff_ffff, 0xffff_fffa, 0xffff_fffc, 0xffff_fffd, 0xffff_fffe, 0xffff_ffff]
const awkwardLengths = [0, 1, 3, 0x7f, 0x2020, 0x2021, 0x7fff, 0xffff]
/** Kinds of records that a reader knows: BOF, EOF, SST, CONTINUE, LABELSST, RK, MULRK, NUMBER, BOUNDSHEET, ROW, XF, FORMAT. */
const recordKinds = [0x0809, 0x000a, 0x00fc, 0x003c, 0x00fd, 0x027e, 0x00bd, 0x0203, 0x0085, 0x0208, 0x00e0, 0x041e]
/** The record that begins a stream of BIFF5 and BIFF8, its first bytes. */
const beginnings = [Buffer.from('0908100000', 'hex'), Buffer.from('0908080000', 'hex')]

/** Damage to the container of an .xls, which is a small file system, and to the records in it. */
export const oleMutators: Mutators = {
  headerNumber: patch((file, random) => ({
    at: 24 + 2 * random.below(26),
    bytes: 2,
    value: random.pick([0, 1, 2, 6, 9, 12, 30, 0xffff]),
  })),
  headerSector: patch((file, random) => ({
    at: 44 + 4 * random.below(117),
    bytes: 4,
    value: random.pick(sectorMarks),
  })),
  tableEntry: patch((file, random) => {
    const sector = file.readUInt32LE(76)
    const at = headerBytes * (sector + 1) + 4 * random.below(128)
    return { at, bytes: 4, value: random.pick([...sectorMarks, random.below(file.length / headerBytes)]) }
  }),
  directoryEntry: patch((file, random) => {
    const start = headerBytes * (file.readUInt32LE(48) + 1) + directoryEntryBytes * random.below(4)
    return {
      at: start + random.pick([64, 66, 68, 72, 76, 116, 120, 124]),
      bytes: 4,
      value: random.pick([...sectorMarks, 4_096]),
    }
  }),
  recordKind: patch((file, random) => ({
    at: aRecord(file, random),
    bytes: 2,
    value: random.pick([...recordKinds, random.below(65_536)]),
  })),
  recordLength: patch((file, random) => ({
    at: aRecord(file, random) + 2,
    bytes: 2,
    value: random.pick(awkwardLengths),
  })),
  recordContent: patch((file, random) => ({
    at: aRecord(file, random) + 4 + random.below(12),
    bytes: random.pick([1, 2, 4]),
    value: random.pick([0, 1, 0xff, 0xffff_ffff]),
  })),
  manyRecords(bytes, random) {
    const damaged = Buffer.from(bytes)
    for (let left = 60; left > 0; left -= 1) {
      const at = aRecord(bytes, random)
      if (at + 8 < bytes.length) damaged[at + 4 + random.below(4)] = random.below(256)
    }
    return damaged
  },
}

interface Patch {
  readonly at: number
  readonly bytes: 1 | 2 | 4
  readonly value: number
}

/** Writes one little-endian number; an offset outside a file that is already damaged changes nothing. */
function patch(choose: (file: Buffer, random: Random) => Patch): Mutator {
  return (file, random) => {
    if (file.length <= headerBytes) return file
    const { at, bytes, value } = choose(file, random)
    if (at + bytes > file.length) return file
    const damaged = Buffer.from(file)
    damaged.writeUIntLE(value % 2 ** (8 * bytes), at, bytes)
    return damaged
  }
}

/** Where one of the first 2,000 records of a stream begins. */
function aRecord(file: Buffer, random: Random): number {
  const starts = beginnings.flatMap((beginning) => placesOf(file, beginning))
  if (starts.length === 0) return random.below(file.length)
  let at = random.pick(starts)
  for (let left = random.below(2_000); left > 0; left -= 1) {
    if (at + 4 > file.length) return at
    const next = at + 4 + file.readUInt16LE(at + 2)
    if (next >= file.length) return at
    at = next
  }
  return at
}

function placesOf(file: Buffer, wanted: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = file.indexOf(wanted); at !== -1; at = file.indexOf(wanted, at + 1)) places.push(at)
  return places
}
