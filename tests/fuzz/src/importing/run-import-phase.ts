import { rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { FileKind, SeedFile } from '../corpus.ts'
import { createMutant, type Mutant } from '../create-mutant.ts'
import type { Finding, Outcome, PhaseResult } from '../outcome.ts'
import { readPeakMb } from '../process-memory.ts'
import { type Account, type Delivered, findAccounts, findInHand, sha256Of } from './accounts.ts'
import { checkDatabase, passing } from './check-database.ts'
import { type IngesterProcess, startIngester } from './ingester-process.ts'
import { openPlace, type Place } from './open-place.ts'
import { type HealthWatch, watchHealth } from './watch-health.ts'

export interface ImportPhaseOptions {
  readonly corpus: readonly SeedFile[]
  readonly seed: number
  /** A moment of `performance.now()`. The first batch and the one under way are completed all the same. */
  readonly until: number
  /** How late `/healthz` may answer. */
  readonly healthLimitMs: number
}

interface Surroundings {
  readonly place: Place
  readonly ingester: IngesterProcess
  readonly health: HealthWatch
  readonly healthLimitMs: number
}

const kinds: readonly FileKind[] = [
  'xlsx',
  'xlsx',
  'xlsx',
  'xlsb',
  'ods',
  'xls',
  'xml',
  'html',
  'csv',
  'zip',
  'eml',
  'eml',
  'eml',
  'eml',
]
/** Far from the numbers of the other phase, so that a file name identifies one mutant. */
const firstNumber = 1_000_000
const batchSize = 20
const pollMs = 100
/** Reading may take a minute, and the mailbox may be polled a minute late. */
const stuckMs = 130_000
const memoryLimitMb = 1_024
/** The end of the simulated fortnight: none of its reports is dated later. */
const firstMailed = new Date('2025-09-20T00:00:00Z').getTime()

/** Gives mutants to the built ingester as files and as mail, and waits until each has its end in the database. */
export async function runImportPhase(options: ImportPhaseOptions): Promise<PhaseResult> {
  const { corpus, seed, until, healthLimitMs } = options
  const outcomes: Outcome[] = []
  const findings: Finding[] = []
  await using place = await openPlace()
  await using ingester = await startIngester(place.env)
  await using health = watchHealth(ingester.healthUrl)
  const surroundings = { place, ingester, health, healthLimitMs }
  const isOver = (number: number) => number > firstNumber && performance.now() >= until
  for (let number = firstNumber; !isOver(number) && findings.length === 0; number += batchSize) {
    const mutants = Array.from({ length: batchSize }, (_, n) =>
      createMutant(corpus, { seed, number: number + n, kinds }),
    )
    const batch = await deliver(place, mutants)
    const completed = await untilCompleted(surroundings, batch)
    outcomes.push(...completed.outcomes)
    findings.push(...completed.findings)
    await Promise.all(batch.map(async ({ mutant }) => rm(pathOf(place, mutant), { force: true })))
  }
  const { notes, broken } = await finish(surroundings)
  findings.push(...broken.map((what) => ({ what, suspects: [] })))
  return { title: 'Importing, by the ingester as a process', outcomes, findings, notes }
}

/** Delivers each mutant once: the ingester rightly skips a file with known bytes. */
async function deliver(place: Place, mutants: readonly Mutant[]): Promise<readonly Delivered[]> {
  const delivered = new Map<string, Delivered>()
  for (const mutant of mutants) {
    const sha256 = sha256Of(mutant.bytes)
    if (delivered.has(sha256)) continue
    if (mutant.kind === 'eml')
      delivered.set(sha256, { via: 'mail', mutant, uid: await place.mail.append(mutant.bytes) })
    else {
      await drop(place, mutant)
      delivered.set(sha256, { via: 'folder', mutant, sha256 })
    }
  }
  return [...delivered.values()]
}

/** Puts a whole file there in one step, with a time that counts as its mail time. */
async function drop(place: Place, mutant: Mutant): Promise<void> {
  const path = pathOf(place, mutant)
  const mailedAt = new Date(firstMailed + (mutant.number - firstNumber) * 60_000)
  await writeFile(`${path}.part`, mutant.bytes)
  await utimes(`${path}.part`, mailedAt, mailedAt)
  await rename(`${path}.part`, path)
}

function pathOf({ inboxDir }: Place, { number, fileName }: Mutant): string {
  return join(inboxDir, `${number} ${fileName}`)
}

interface CompletedBatch {
  readonly outcomes: readonly Outcome[]
  readonly findings: readonly Finding[]
}

async function untilCompleted(
  { place, ingester, health, healthLimitMs }: Surroundings,
  batch: readonly Delivered[],
): Promise<CompletedBatch> {
  let progress = { completed: -1, at: performance.now() }
  for (;;) {
    const accounts = await findAccounts(place.client, batch)
    const open = batch.filter((_, n) => accounts[n] === undefined).map(({ mutant }) => mutant)
    if (batch.length - open.length !== progress.completed)
      progress = { completed: batch.length - open.length, at: performance.now() }
    const trouble = ingester.trouble() ?? slowness(health, healthLimitMs) ?? stuckness(progress.at)
    const outcomes = accounts.flatMap((account) => account?.outcome ?? [])
    if (trouble !== undefined) {
      const inHand = await findInHand(place.client, batch)
      // Any mutant of the batch may cause a slow answer, a completed one too.
      const suspects = [inHand, open].find((some) => some.length > 0) ?? batch.map(({ mutant }) => mutant)
      return { outcomes, findings: [{ what: trouble, suspects }] }
    }
    if (open.length === 0) return { outcomes, findings: brokenAmong(batch, accounts) }
    await delay(pollMs)
  }
}

function brokenAmong(batch: readonly Delivered[], accounts: readonly (Account | undefined)[]): readonly Finding[] {
  return batch.flatMap(({ mutant }, n) => {
    const what = accounts[n]?.broken
    return what === undefined ? [] : [{ what, suspects: [mutant] }]
  })
}

function slowness(health: HealthWatch, limitMs: number): string | undefined {
  const worst = health.worstMs()
  return health.trouble() ?? (worst > limitMs ? `/healthz answered after ${Math.round(worst)} ms` : undefined)
}

function stuckness(progressAt: number): string | undefined {
  return performance.now() - progressAt > stuckMs ? `nothing has ended for ${stuckMs / 1000} s` : undefined
}

async function finish({ place, ingester, health }: Surroundings) {
  const notes = [`/healthz, longest wait: ${Math.round(health.worstMs())} ms`]
  if (ingester.trouble() !== undefined) return { notes, broken: [] }
  await untilNothingPends(place)
  const peakMb = await readPeakMb(ingester.pid)
  notes.push(`peak memory of the ingester: ${Math.round(peakMb)} MB`)
  const broken = [...(await checkDatabase(place.client))]
  if (peakMb > memoryLimitMb) broken.push(`the ingester took ${Math.round(peakMb)} MB`)
  await health[Symbol.asyncDispose]()
  const code = await ingester.stop()
  if (code !== 0) broken.push(`asked to stop, the ingester ended with ${code}`)
  return { notes, broken }
}

/**
 * Files of the last archives may still be under way, and a job that follows from an import or runs every minute may be within its
 * transaction. The check of the database reports a wait in vain.
 */
async function untilNothingPends({ client }: Place): Promise<void> {
  const deadline = performance.now() + stuckMs
  while (performance.now() < deadline) {
    const broken = await checkDatabase(client, passing)
    if (broken.length === 0) return
    await delay(pollMs)
  }
}
