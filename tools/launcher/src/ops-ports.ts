import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Ports for the health checks of `count` services: `wanted` and those after it, else the first free ones from 3001 on.
 * Throws when a wanted one is taken.
 */
export async function chooseOpsPorts(
  wanted: string | undefined,
  { host, count }: { readonly host: string; readonly count: number },
): Promise<readonly number[]> {
  const first = Number(wanted ?? '')
  if (first === 0) return freePorts(3001, host, count)
  const ports = Array.from({ length: count }, (_, index) => first + index)
  for (const port of ports) {
    if (!(await isFree(port, host))) throw new Error(`port ${port} (from OPS_PORT=${wanted}) is taken on ${host}`)
  }
  return ports
}

async function freePorts(from: number, host: string, count: number): Promise<readonly number[]> {
  const found: number[] = []
  for (let port = from; found.length < count; port += 1) if (await isFree(port, host)) found.push(port)
  return found
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false
    throw error
  }
}
