import { startSandbox } from './start-sandbox.ts'

const sandbox = await startSandbox({
  port: Number(process.env['PORT'] ?? 8081),
  host: process.env['HOST'] ?? '127.0.0.1',
  firstUpdateId: Math.floor(Date.now() / 1_000),
})
console.log(`sandbox: chat page ${sandbox.pageUrl}, Bot API root ${sandbox.apiRoot}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox[Symbol.asyncDispose]())
}
