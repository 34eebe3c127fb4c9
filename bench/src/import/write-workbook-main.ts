import { writeFile } from 'node:fs/promises'
import { bigDislocation } from '@atermtrack/testkit'

// Runs as a process of its own, because it needs far more memory than the measurements.
const [rows = '', path = '', stamp] = process.argv.slice(2)
const formedAt = stamp === undefined ? {} : { stamp: new Date(stamp) }
await writeFile(path, await bigDislocation({ rows: Number(rows), ...formedAt }))
