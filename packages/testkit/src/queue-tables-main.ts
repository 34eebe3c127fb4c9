import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { renewTables } from './queue-tables.ts'

// Compares the tables of queues in the documents with the contracts; with --write it renews them.
const documents = ['docs/operations.md', 'docs/architecture.md']
for (const path of documents) {
  const file = fileURLToPath(new URL(`../../../${path}`, import.meta.url))
  const document = await readFile(file, 'utf8')
  const renewed = renewTables(document)
  if (!document.includes('<!-- generated: ')) throw new Error(`${path} has no block for a table of queues`)
  if (document === renewed) continue
  if (process.argv.includes('--write')) await writeFile(file, renewed)
  else {
    process.stderr.write(
      `the tables of queues in ${path} are not those of the contracts: node packages/testkit/dist/queue-tables-main.js --write\n`,
    )
    process.exitCode = 1
  }
}
