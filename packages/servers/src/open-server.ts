import { rm } from 'node:fs/promises'
import { freePort } from './free-port.ts'
import type { ServerProcess } from './server-process.ts'

export type Server = AsyncDisposable & {
  readonly host: string
  readonly port: number
  readonly stop: () => Promise<void>
  /** As a power cut: the server and all its children at once. */
  readonly kill9: () => Promise<void>
  /** Stops it in the middle of its work: connections stay open and nothing is answered. */
  readonly freeze: () => Promise<void>
  readonly thaw: () => Promise<void>
  /** Stops it if it runs, then starts it on the same port and files. */
  readonly restart: () => Promise<void>
}

type OpenServerOptions = {
  readonly launch: (port: number) => Promise<ServerProcess>
  /** Without one, free ports are tried until nobody else was faster. */
  readonly port?: number | undefined
  /** Removed at dispose and when the server does not start. */
  readonly temporaryFolder?: string | undefined
  /** The fast way to end a server whose files are removed right after. */
  readonly discard: (process: ServerProcess) => Promise<void>
}

/** Launches a server and returns the operations common to all servers. */
export async function openServer({ launch, port, temporaryFolder, discard }: OpenServerOptions): Promise<Server> {
  const removeFolder = async () => {
    if (temporaryFolder !== undefined) await rm(temporaryFolder, { recursive: true, force: true })
  }
  const first = await launchOnPort(launch, port).catch(async (error: unknown) => {
    await removeFolder()
    throw error
  })

  let running = first.process
  return {
    host: '127.0.0.1',
    port: first.port,
    stop: () => running.stop(),
    kill9: () => running.kill9(),
    freeze: () => running.freeze(),
    thaw: () => running.thaw(),
    async restart() {
      await running.stop()
      running = await launch(first.port)
    },
    async [Symbol.asyncDispose]() {
      await (temporaryFolder === undefined ? running.stop() : discard(running))
      await removeFolder()
    },
  }
}

async function launchOnPort(launch: OpenServerOptions['launch'], wanted: number | undefined) {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort())
    try {
      return { port, process: await launch(port) }
    } catch (error) {
      if (wanted !== undefined || attempt === 5 || !/address already in use/i.test(String(error))) throw error
    }
  }
}
