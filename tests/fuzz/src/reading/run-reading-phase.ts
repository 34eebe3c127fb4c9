import type { FileKind, SeedFile } from '../corpus.ts'
import { createMutant, type Mutant } from '../create-mutant.ts'
import type { Finding, Outcome, PhaseResult } from '../outcome.ts'
import { readPeakMb } from '../process-memory.ts'
import { importReader, type ReadDigest } from './ingester-modules.ts'
import { openMessageReader } from './open-message-reader.ts'

export interface ReadingPhaseOptions {
  readonly corpus: readonly SeedFile[]
  readonly seed: number
  /** A moment of `performance.now()`. */
  readonly until: number
}

type ReadMutant = (mutant: Mutant) => Promise<Omit<Outcome, 'kind' | 'ms'>>

const kinds: readonly FileKind[] = [
  'xlsx',
  'xlsx',
  'xlsb',
  'ods',
  'xls',
  'xls',
  'xml',
  'html',
  'csv',
  'zip',
  'eml',
  'eml',
]
const mostFindings = 20
/** Read even when loading the corpus has used up the time: an empty run proves nothing. */
const fewest = 20
const limitMs = 60_000

/** Feeds mutants to the built reader of the ingester, the workbooks in capped processes, one at a time. */
export async function runReadingPhase({ corpus, seed, until }: ReadingPhaseOptions): Promise<PhaseResult> {
  const outcomes: Outcome[] = []
  const findings: Finding[] = []
  await using messages = openMessageReader()
  const readWorkbook = await importReader()
  const read: ReadMutant = async ({ kind, fileName, bytes }) => {
    if (kind === 'eml') return messages.read(bytes)
    return endingOf(await readWorkbook(bytes, fileName))
  }
  const isOver = (number: number) => number >= fewest && performance.now() >= until
  for (let number = 0; !isOver(number) && findings.length < mostFindings; number += 1) {
    const mutant = createMutant(corpus, { seed, number, kinds })
    const { outcome, broken } = await judge(mutant, read)
    outcomes.push(outcome)
    if (broken !== undefined) findings.push({ what: broken, suspects: [mutant] })
  }
  const notes = [`peak memory of this process: ${Math.round(await readPeakMb(process.pid))} MB`]
  return { title: 'Reading, in processes of their own', outcomes, findings, notes }
}

/** Returns the outcome and the broken promises. */
async function judge(
  mutant: Mutant,
  read: ReadMutant,
): Promise<{ readonly outcome: Outcome; readonly broken?: string }> {
  const { kind } = mutant
  const startedAt = performance.now()
  try {
    const { ending, reason } = await read(mutant)
    const ms = performance.now() - startedAt
    const outcome = { kind, ending, reason, ms }
    if (reason === 'too_slow' || ms > limitMs) return { outcome, broken: `read for ${Math.round(ms / 1000)} s` }
    if (ending === 'refused' && reason === undefined) return { outcome, broken: 'refused without a reason' }
    return { outcome }
  } catch (error) {
    const ms = performance.now() - startedAt
    return {
      outcome: { kind, ending: 'threw', ms },
      broken: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

function endingOf({ kind, reason }: ReadDigest): Omit<Outcome, 'kind' | 'ms'> {
  if (kind === 'unreadable') return { ending: 'refused', reason }
  if (kind === 'unknown') return { ending: 'unknown', reason: 'unknown_layout' }
  return { ending: kind === 'archive' ? 'unpacked' : 'read' }
}
