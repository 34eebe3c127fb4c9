import { startSandbox } from './start-sandbox.ts'

/** Serves a sandbox at `HOST` and `PORT` until the process is to stop, and returns the addresses for its operator. */
export async function serveSandbox(
  env: NodeJS.ProcessEnv,
): Promise<{ readonly pageUrl: string; readonly apiRoot: string }> {
  const sandbox = await startSandbox({
    port: Number(env['PORT'] ?? 8081),
    host: env['HOST'] ?? '127.0.0.1',
    firstUpdateId: Math.floor(Date.now() / 1_000),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox[Symbol.asyncDispose]())
  }
  return sandbox
}
