import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'

export const root = join(import.meta.dirname, '../../../..')
export const folder = join(root, 'ops/kubernetes')

/** One object for Kubernetes, or one file of kustomize. */
const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }).optional(),
})

export interface Manifest extends z.infer<typeof manifest> {
  /** Of the file, below `ops/kubernetes`. */
  readonly path: string
}

/** All objects of all files, of which each must be YAML. */
export function readManifests(): readonly Manifest[] {
  return filesBelow(folder, '.yaml').flatMap((path) => {
    const text = readFileSync(path, 'utf8')
    return parseAllDocuments(text).map((document) => {
      const [problem] = [...document.errors, ...document.warnings]
      if (problem) throw new Error(`${path}: ${problem.message}`)
      return { ...manifest.parse(document.toJS()), path: relative(folder, path) }
    })
  })
}

/** The names and values of the `.env` files that become settings. */
export function readSettings(): ReadonlyMap<string, string> {
  const lines = filesBelow(folder, '.env').flatMap((path) => readFileSync(path, 'utf8').split('\n'))
  return new Map(lines.filter(Boolean).map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]))
}

/** Whether a path that a file of kustomize names is there. */
export function isThere(from: Manifest, path: string): boolean {
  const wanted = join(dirname(join(folder, from.path)), path)
  const known = filesBelow(folder, '')
    .map((file) => [file, dirname(file)])
    .flat()
  return known.includes(wanted)
}

function filesBelow(path: string, ending: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ parentPath, name }) => join(parentPath, name))
}
