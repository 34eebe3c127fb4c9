import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@atermtrack/servers'
import { migrate } from '@atermtrack/data'

// Migrates an empty database and compares it with schema.generated.ts; with --write it replaces that file.
await using server = await startPostgres({})
await migrate({ url: server.url })
const bin = fileURLToPath(new URL('../node_modules/.bin/kysely-codegen', import.meta.url))
const child = spawn(
  bin,
  [
    '--dialect=postgres',
    '--camel-case',
    '--date-parser=string',
    '--type-mapping={"int8":"number","timestamp":"string"}',
    '--exclude-pattern=kysely_*',
    `--out-file=${fileURLToPath(new URL('../../data/src/schema.generated.ts', import.meta.url))}`,
    ...(process.argv.includes('--write') ? [] : ['--verify']),
  ],
  { stdio: 'inherit', env: { ...process.env, DATABASE_URL: server.url } },
)
const [code] = (await once(child, 'exit')) as [number | null]
process.exitCode = code ?? 1
