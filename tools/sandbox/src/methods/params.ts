import { badRequest } from './api-error.ts'

export interface UploadedFile {
  readonly fileName: string
  readonly mimeType: string
  readonly bytes: Buffer
}

/** The parameters of one call, whatever the encoding of its body: numbers may come as text, objects as JSON text. */
export interface Params {
  readonly values: Readonly<Record<string, unknown>>
  readonly files: ReadonlyMap<string, UploadedFile>
  readonly text: (name: string) => string | undefined
  readonly integer: (name: string) => number | undefined
  readonly flag: (name: string) => boolean
  readonly json: (name: string) => unknown
  readonly list: (name: string) => readonly unknown[] | undefined
  readonly file: (name: string) => UploadedFile | undefined
}

export function createParams(
  values: Readonly<Record<string, unknown>>,
  files: ReadonlyMap<string, UploadedFile>,
): Params {
  const json = (name: string) => parseJson(name, values[name])
  return {
    values,
    files,
    json,
    text: (name) => toText(values[name]),
    integer: (name) => toInteger(name, values[name]),
    flag: (name) => ['true', '1'].includes(String(values[name])),
    list: (name) => toList(name, json(name)),
    file: (name) => files.get(name),
  }
}

/** Narrows to a plain JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON value as text: a string as it is, anything else in JSON's spelling, nothing as ''. */
export function textOf(value: unknown): string {
  return toText(value) ?? ''
}

function toText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function toInteger(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw badRequest(`invalid ${name} specified`)
  return number
}

function parseJson(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined
  if (value === '') return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw badRequest(`can't parse ${name} JSON object`)
  }
}

function toList(name: string, value: unknown): readonly unknown[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value)) throw badRequest(`field "${name}" must be an Array`)
  return value
}
