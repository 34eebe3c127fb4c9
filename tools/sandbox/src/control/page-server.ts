import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { sendBytes, sendJson } from '../requests/responses.ts'

// Beside src and dist alike, so that the page is found from the sources and from the build.
const pageFolder = new URL('../../public/', import.meta.url)

const contentTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
])

/** Serves the chat page's own files, which all lie in one folder. */
export async function servePage(response: ServerResponse, url: URL): Promise<void> {
  const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1)
  const contentType = contentTypes.get(extname(name))
  const bytes = contentType !== undefined && /^[\w-]+\.\w+$/.test(name) ? await readIfThere(name) : undefined
  if (!bytes) {
    sendJson(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
    return
  }
  sendBytes(response, bytes, {
    'content-type': contentType,
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'self'; img-src 'self' data:",
  })
}

async function readIfThere(name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(new URL(name, pageFolder))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
