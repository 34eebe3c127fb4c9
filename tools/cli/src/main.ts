import { runMain } from '@atermtrack/runtime'
import { runCli } from './run-cli.ts'

await runMain(async () => {
  process.exitCode = await runCli(process.argv.slice(2), { env: process.env, print: (text) => console.log(text) })
})
