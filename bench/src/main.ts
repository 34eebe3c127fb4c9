import { once } from 'node:events'
import { availableParallelism, loadavg } from 'node:os'
import { runBroadcastBench } from './broadcast/run-broadcast-bench.ts'
import { type Figure, listBroken } from './figures.ts'
import { runExportBench } from './export/run-export-bench.ts'
import { runEventsBench } from './events/run-events-bench.ts'
import { runImportBench } from './import/run-import-bench.ts'
import { runLookupBench } from './lookup/run-lookup-bench.ts'
import { runMailBench } from './mail/run-mail-bench.ts'
import { openBenchServers } from './open-bench-servers.ts'
import { type BenchOptions, benchUsage, readOptions } from './read-options.ts'
import { runPicturesBench } from './pictures/run-pictures-bench.ts'
import { runQuestionsBench } from './questions/run-questions-bench.ts'
import { runReportsBench } from './reports/run-reports-bench.ts'
import { formatTable } from './table.ts'
import { writeResults } from './write-results.ts'

const benches = {
  import: runImportBench,
  mail: runMailBench,
  events: runEventsBench,
  lookup: runLookupBench,
  reports: runReportsBench,
  broadcast: runBroadcastBench,
  export: runExportBench,
  pictures: runPicturesBench,
  questions: runQuestionsBench,
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(benchUsage)
  const options = readOptions(process.argv.slice(2))
  const startedAt = new Date()
  const [loadBefore = 0] = loadavg()
  const figures = await runBenches(options)
  console.log(formatTable(figures))
  if (loadBefore > availableParallelism() / 2) {
    console.log(`\nThe machine was busy before (load ${loadBefore.toFixed(1)}): trust the ratios more than the times.`)
  }
  console.log(`\nwritten to ${await writeResults({ startedAt, loadBefore, options, figures })}`)
  for (const { name, value, expected } of listBroken(figures)) {
    console.error(`broken: ${name} is ${value}, not ${expected}`)
    process.exitCode = 1
  }
}

async function runBenches(options: BenchOptions): Promise<readonly Figure[]> {
  await using servers = await openBenchServers()
  // Awaited here, so that the servers stay until the last figure.
  return await Promise.race([measureAll(), interruption()])

  async function measureAll(): Promise<readonly Figure[]> {
    const figures: Figure[] = []
    for (const name of options.benches) {
      figures.push(
        ...(await benches[name]({ servers, isQuick: options.isQuick, print: (line) => console.error(line) })),
      )
    }
    return figures
  }
}

/** The database takes gigabytes, so an interruption removes it too. */
async function interruption(): Promise<never> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  throw new Error('interrupted')
}

try {
  await main()
} catch (error) {
  console.error(error)
  // Work that an interruption leaves half-way would go on for minutes.
  process.exit(1)
}
