/** Fits no type of a schema. */
const misfit = Symbol('misfit')

/**
 * The paths of the fields of an object that its schema does not know. The validators pass over such fields, but refuse a known field whose
 * value fits no type: a field that may hold anything is unknown.
 */
export function listUnknownFields(object: object, validate: (changed: object) => void): readonly string[] {
  return listPaths(object).flatMap((path) => {
    try {
      validate(withMisfit(object, path))
      return [path.join('.')]
    } catch {
      return []
    }
  })
}

type Path = readonly string[]

function listPaths(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const own = [...path, key]
    return [...(Array.isArray(value) ? [] : [own]), ...listPaths(part, own)]
  })
}

function withMisfit(object: object, path: Path): object {
  const changed = structuredClone(object)
  let place = changed as Record<string, unknown>
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>
  place[path.at(-1) ?? ''] = misfit
  return changed
}
