import type { IncomingMessage } from 'node:http'
import { ApiError, badRequest } from '../methods/api-error.ts'
import { parseMultipart } from './multipart.ts'
import { createParams, isRecord, type Params } from '../methods/params.ts'

/** Telegram's upload limit, in bytes. */
const maxUploadBytes = 50 * 1024 * 1024
const maxBodyBytes = maxUploadBytes + 1024 * 1024

/** Reads the parameters of a call from its query and body (JSON, form or multipart). Throws ApiError 400 or 413. */
export async function readParams(request: IncomingMessage, query: URLSearchParams): Promise<Params> {
  const body = await readBody(request, maxBodyBytes)
  const contentType = request.headers['content-type'] ?? ''
  const fromQuery = Object.fromEntries(query)
  if (body.length === 0) return createParams(fromQuery, new Map())
  if (/^multipart\/form-data/i.test(contentType)) {
    const { fields, files } = parseMultipart(body, contentType)
    for (const file of files.values()) if (file.bytes.length > maxUploadBytes) throw entityTooLarge()
    return createParams({ ...fromQuery, ...fields }, files)
  }
  if (/^application\/json/i.test(contentType)) {
    return createParams({ ...fromQuery, ...parseJsonBody(body) }, new Map())
  }
  return createParams({ ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString())) }, new Map())
}

/** The whole body. Throws ApiError 413 when it is longer than `maxBytes`. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    // Reads on to the end, because the client would otherwise get a reset instead of the answer.
    if (length <= maxBytes) chunks.push(chunk)
  }
  if (length > maxBytes) throw entityTooLarge()
  return Buffer.concat(chunks)
}

function parseJsonBody(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString())
    if (isRecord(value)) return value
  } catch {
    throw badRequest("can't parse request body as JSON")
  }
  throw badRequest('request body must be a JSON object')
}

function entityTooLarge(): ApiError {
  return new ApiError(413, 'Request Entity Too Large')
}
