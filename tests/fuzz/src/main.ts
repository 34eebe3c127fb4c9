import { loadCorpus } from './corpus.ts'
import { runImportPhase } from './importing/run-import-phase.ts'
import { fuzzUsage, readOptions } from './read-options.ts'
import { runReadingPhase } from './reading/run-reading-phase.ts'
import { formatPhase } from './report.ts'
import { saveFindings } from './save-findings.ts'

/** The share of the time that is for reading alone; servers and the ingester start within the rest. */
const readingShare = 0.4

if (process.argv.includes('--help')) {
  process.stdout.write(`${fuzzUsage}\n`)
  process.exit(0)
}
const { seconds, seed, healthLimitMs } = readOptions(process.argv.slice(2), new Date())
const print = (text: string) => void process.stdout.write(`${text}\n`)
print(`seed ${seed}, ${seconds} s`)

const startedAt = performance.now()
const corpus = await loadCorpus()
const reading = await runReadingPhase({ corpus, seed, until: startedAt + seconds * 1_000 * readingShare })
print(formatPhase(reading))
const importing = await runImportPhase({ corpus, seed, healthLimitMs, until: startedAt + seconds * 1_000 })
print(formatPhase(importing))

const findings = [...reading.findings, ...importing.findings]
for (const line of await saveFindings(findings, seed)) print(line)
const inputs = reading.outcomes.length + importing.outcomes.length
print(
  `\n${inputs} inputs, ${findings.length} broken promises; again with: npm run fuzz -- --seed ${seed} --seconds ${seconds}`,
)
process.exitCode = findings.length === 0 ? 0 : 1
