import type { Random } from '../random.ts'
import type { Mutator, Mutators } from './mutator.ts'
import { readZip, writeZip, type ZipPart } from './zip-file.ts'

const strangeNames = [
  '/etc/passwd',
  '../../outside.xml',
  'xl\\workbook.xml',
  'xl/WORKBOOK.XML',
  '',
  'a\0b',
  'x/'.repeat(300),
]
const lyingSizes = [0, 1, 1_000, 2 ** 30, 0xffff_fffe, 0xffff_ffff]
const bombBytes = 8_000_000

/** Damage to the archive around whole parts. A file that is not a whole zip stays as it is. */
export const zipMutators: Mutators = {
  reorderEntries: onParts((parts, random) =>
    parts
      .map((part) => ({ part, key: random.next() }))
      .sort(byKey)
      .map(toPart),
  ),
  lieAboutSize: onOnePart((part, random) => lie(part, { size: random.pick(lyingSizes) })),
  lieAboutPackedSize: onOnePart((part, random) => lie(part, { packedSize: random.pick(lyingSizes) })),
  lieAboutChecksum: onOnePart((part, random) => lie(part, { checksum: random.below(2 ** 32) })),
  lieAboutOffset: onOnePart((part, random) => lie(part, { offset: random.pick([...lyingSizes, 30, 31]) })),
  setFlags: onOnePart((part, random) => lie(part, { flags: random.pick([0, 1, 8, 0x0801, 0x2000, 0xffff]) })),
  setMethod: onOnePart((part, random) => lie(part, { method: random.pick([0, 8, 9, 12, 14, 93, 99, 0xffff]) })),
  storeUnpacked: onOnePart((part) => ({ ...part, isStored: true })),
  duplicateName: onParts((parts, random) => [...parts, { ...random.pick(parts), content: random.pick(parts).content }]),
  removePart: onParts((parts, random) => without(parts, random.below(parts.length))),
  renamePart: onOnePart((part, random) => ({ ...part, name: random.pick([...strangeNames, `${part.name}x`]) })),
  renameLocally: onOnePart((part, random) => ({ ...part, localName: random.pick(strangeNames) })),
  addPart: (bytes, random, peer) =>
    rewrite(bytes, (parts) => [...parts, { name: random.pick([...strangeNames, 'xl/extra.xml']), content: peer }]),
  swapContents: onParts((parts, random) => {
    const [one, other] = [random.below(parts.length), random.below(parts.length)]
    return parts.map((part, n) => ({
      ...part,
      content: (n === one ? parts[other] : n === other ? parts[one] : part)?.content ?? part.content,
    }))
  }),
  emptyPart: onOnePart((part) => ({ ...part, content: Buffer.alloc(0) })),
  inflate: onOnePart((part, random) => ({ ...part, content: padded(part.content, random) })),
  manyEntries: onParts((parts, random) => [
    ...parts,
    ...Array.from({ length: random.pick([100, 1_001, 5_000]) }, (_, n) => ({
      name: `e${n}`,
      content: Buffer.alloc(0),
    })),
  ]),
  lieAboutCount: (bytes, random) => {
    const parts = readZip(bytes)
    return parts ? writeZip(parts, { entryCount: random.pick([0, 1, parts.length + 1, 0xfffe, 0xffff]) }) : bytes
  },
  nestZip: (bytes, random) =>
    writeZip([{ name: random.pick(['inner.zip', 'отчёт.xlsx', 'xl/workbook.xml']), content: bytes }]),
}

/** A mutator that changes the content of one part, of those that `isWanted`, by another mutator. */
export function insideZip(change: Mutator, isWanted: (name: string) => boolean): Mutator {
  return (bytes, random, peer) =>
    rewrite(bytes, (parts) => {
      const wanted = parts.filter(({ name, content }) => isWanted(name) && content.length > 0)
      if (wanted.length === 0) return parts
      const chosen = random.pick(wanted)
      return parts.map((part) => (part === chosen ? { ...part, content: change(part.content, random, peer) } : part))
    })
}

function rewrite(bytes: Buffer, change: (parts: readonly ZipPart[]) => readonly ZipPart[]): Buffer {
  const parts = readZip(bytes)
  return parts === undefined || parts.length === 0 ? bytes : writeZip(change(parts))
}

function onParts(change: (parts: readonly ZipPart[], random: Random) => readonly ZipPart[]): Mutator {
  return (bytes, random) => rewrite(bytes, (parts) => change(parts, random))
}

function onOnePart(change: (part: ZipPart, random: Random) => ZipPart): Mutator {
  return onParts((parts, random) => {
    const chosen = random.below(parts.length)
    return parts.map((part, n) => (n === chosen ? change(part, random) : part))
  })
}

function lie(part: ZipPart, lies: ZipPart['lies']): ZipPart {
  return { ...part, lies: { ...part.lies, ...lies } }
}

function without(parts: readonly ZipPart[], index: number): readonly ZipPart[] {
  return parts.filter((_, n) => n !== index)
}

/** A small bomb: much of nothing behind the content, or within it. */
function padded(content: Buffer, random: Random): Buffer {
  const nothing = Buffer.alloc(random.between(1, bombBytes), random.pick([0, 0x20, 0x3c]))
  const at = random.pick([0, content.length, random.below(content.length + 1)])
  return Buffer.concat([content.subarray(0, at), nothing, content.subarray(at)])
}

function byKey(one: { readonly key: number }, other: { readonly key: number }): number {
  return one.key - other.key
}

function toPart({ part }: { readonly part: ZipPart }): ZipPart {
  return part
}
