import { aMessage } from '@atermtrack/testkit'
import type { FileKind, SeedFile } from './corpus.ts'
import { byteMutators } from './mutators/byte-mutators.ts'
import { csvMutators } from './mutators/csv-mutators.ts'
import { markupMutators } from './mutators/markup-mutators.ts'
import { messageMutators } from './mutators/message-mutators.ts'
import type { Mutator, Mutators } from './mutators/mutator.ts'
import { oleMutators } from './mutators/ole-mutators.ts'
import { insideZip, zipMutators } from './mutators/zip-mutators.ts'
import { createRandom, type Random } from './random.ts'

/** A damaged file; seed and number are enough to make it again. */
export interface Mutant {
  readonly number: number
  readonly kind: FileKind
  readonly fileName: string
  /** The mutators that made it, in their order. */
  readonly steps: readonly string[]
  readonly bytes: Buffer
}

const mostBytes = 6_000_000
const mostSteps = 3
/** The share of mutants that get damage regardless of their format on top. */
const blindly = 0.25

const partNames = /\.(?:xml|rels)$/
const markupInZip = mapMutators('xml', (change) => insideZip(change, (name) => partNames.test(name)))
const binaryInZip = mapMutators('bin', (change) => insideZip(change, (name) => name.endsWith('.bin')), byteMutators)

const mutatorsOf: Readonly<Record<FileKind, Mutators>> = {
  xlsx: { ...zipMutators, ...markupInZip },
  ods: { ...zipMutators, ...markupInZip },
  xlsb: { ...zipMutators, ...binaryInZip },
  xls: oleMutators,
  xml: markupMutators,
  html: markupMutators,
  csv: csvMutators,
  zip: { ...zipMutators, ...mapMutators('file', (change) => insideZip(change, () => true), byteMutators) },
  eml: messageMutators,
}

/** The mutant of that number, never empty and never beyond 6 MB; `kinds` are those to choose from. */
export function createMutant(
  corpus: readonly SeedFile[],
  { seed, number, kinds }: { readonly seed: number; readonly number: number; readonly kinds: readonly FileKind[] },
): Mutant {
  const random = createRandom(seed, number)
  const kind = random.pick(kinds)
  const original = random.pick(corpus.filter((file) => file.kind === kind))
  const peer = random.pick(corpus).bytes
  const mutators = { ...mutatorsOf[kind], ...(kind === 'eml' && { carryMutant: carrying(corpus, random) }) }
  const steps: string[] = []
  let { bytes } = original
  const apply = (name: string, mutate: Mutator): void => {
    const damaged = mutate(bytes, random, peer)
    if (damaged.length === 0 || damaged.length > mostBytes) return
    bytes = damaged
    steps.push(name)
  }
  const count = random.between(1, mostSteps)
  for (let left = count; left > 0; left -= 1) apply(...random.pick(Object.entries(mutators)))
  if (random.chance(blindly)) apply(...random.pick(Object.entries(byteMutators)))
  return { number, kind, fileName: original.fileName, steps, bytes }
}

/** Puts a damaged workbook into a whole message. */
function carrying(corpus: readonly SeedFile[], random: Random): Mutator {
  const kinds = ['xlsx', 'xls', 'html', 'csv', 'zip'] as const
  return () => {
    const number = random.below(2 ** 31)
    const { fileName, bytes } = createMutant(corpus, { seed: 0, number, kinds })
    return aMessage({ attachments: [{ fileName, content: bytes }] })
  }
}

function mapMutators(prefix: string, wrap: (change: Mutator) => Mutator, mutators = markupMutators): Mutators {
  return Object.fromEntries(Object.entries(mutators).map(([name, change]) => [`${prefix}.${name}`, wrap(change)]))
}
