import { randomUUID } from 'node:crypto'

/** A file that a call uploads. */
export interface Upload {
  readonly field: 'document' | 'photo'
  readonly fileName: string
  /** In bytes. */
  readonly size: number
  /** Reads its bytes, each time from the beginning. */
  readonly read: () => AsyncIterable<Uint8Array>
}

/** The body of a request, and its progress. */
export interface MultipartBody {
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
  /** Whether the last byte was passed to the socket: before that no server can have processed the request. */
  readonly isWhole: () => boolean
}

/** Combines fields and a file in one `multipart/form-data` body (RFC 7578) of known length that is never in memory as a whole. */
export function toMultipart(payload: Readonly<Record<string, unknown>>, upload: Upload): MultipartBody {
  const boundary = `atermtrack-${randomUUID()}`
  const head = Buffer.from(`${fields(payload, boundary)}${fileHead(upload, boundary)}`)
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  let isWhole = false

  async function* body(): AsyncGenerator<Uint8Array> {
    yield head
    yield* upload.read()
    isWhole = true
    yield tail
  }
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + upload.size + tail.length),
    },
    body: body(),
    isWhole: () => isWhole,
  }
}

function fields(payload: Readonly<Record<string, unknown>>, boundary: string): string {
  const parts = Object.entries(payload).map(([name, value]) => {
    if (value === undefined) return ''
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quotable(name)}"\r\n\r\n${text}\r\n`
  })
  return parts.join('')
}

function fileHead({ field, fileName }: Upload, boundary: string): string {
  const disposition = `form-data; name="${field}"; filename="${quotable(fileName)}"`
  return `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`
}

/** Escapes a name as browsers do, so that it cannot add a header. */
function quotable(name: string): string {
  return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')
}
