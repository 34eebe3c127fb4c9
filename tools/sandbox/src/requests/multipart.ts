import { badRequest } from '../methods/api-error.ts'
import type { UploadedFile } from '../methods/params.ts'

export interface MultipartBody {
  readonly fields: Readonly<Record<string, string>>
  readonly files: ReadonlyMap<string, UploadedFile>
}

interface Part {
  readonly name: string
  readonly fileName: string | undefined
  readonly mimeType: string
  readonly bytes: Buffer
}

/** Splits a multipart/form-data body into text fields and files. Throws ApiError 400 when it is cut or malformed. */
export function parseMultipart(body: Buffer, contentType: string): MultipartBody {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw badRequest('multipart body without boundary')
  const fields: Record<string, string> = {}
  const files = new Map<string, UploadedFile>()
  for (const { name, fileName, mimeType, bytes } of splitParts(body, Buffer.from(`--${boundary}`))) {
    if (fileName === undefined) fields[name] = bytes.toString()
    else files.set(name, { fileName, mimeType, bytes })
  }
  return { fields, files }
}

function splitParts(body: Buffer, delimiter: Buffer): readonly Part[] {
  const parts: Part[] = []
  const separator = Buffer.concat([Buffer.from('\r\n'), delimiter])
  let position = body.indexOf(delimiter)
  while (position !== -1) {
    const start = position + delimiter.length
    if (body.subarray(start, start + 2).toString() === '--') return parts
    const end = body.indexOf(separator, start)
    if (end === -1) break
    parts.push(readPart(body.subarray(start + 2, end)))
    position = end + 2
  }
  throw badRequest('multipart body ends before its last boundary')
}

function readPart(part: Buffer): Part {
  const headerEnd = part.indexOf('\r\n\r\n')
  if (headerEnd === -1) throw badRequest('multipart part without headers')
  const headers = part.subarray(0, headerEnd).toString()
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? ''
  const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1] ?? /[;\s]name=([^;\s]+)/i.exec(disposition)?.[1]
  if (name === undefined) throw badRequest('multipart part without a name')
  return {
    name,
    fileName: readFileName(disposition),
    mimeType: /^content-type:\s*([^\r\n;]+)/im.exec(headers)?.[1] ?? 'application/octet-stream',
    bytes: Buffer.from(part.subarray(headerEnd + 4)),
  }
}

function readFileName(disposition: string): string | undefined {
  const extended = /filename\*=utf-8''([^;\s]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) return decodeURIComponent(extended)
  const plain = /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]
  return plain?.replaceAll('%22', '"').replaceAll(/\\(.)/g, '$1')
}
