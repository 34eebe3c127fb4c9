import { writeFile } from 'node:fs/promises'
import { bigDislocation } from '@atermtrack/testkit'

// Started as a process of its own, since it needs far more memory than all the measuring.
const [rows = '', path = ''] = process.argv.slice(2)
await writeFile(path, await bigDislocation({ rows: Number(rows) }))
