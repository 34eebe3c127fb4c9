/** The meaning of the codes of the operating system for a path or an address. */
const meanings: Readonly<Record<string, (where: string) => string>> = {
  EACCES: (where) => `${where} may not be opened`,
  ECONNREFUSED: (where) => `nothing answers at ${where}`,
  EEXIST: (where) => `${where} exists already`,
  EISDIR: (where) => `${where} is a folder`,
  ENOENT: (where) => `there is no ${where}`,
  ENOSPC: (where) => `no room is left for ${where}`,
  ENOTDIR: (where) => `${where} is no folder`,
}

/** An error as a sentence for the person at the command line. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, path, address, port, message } = error as NodeJS.ErrnoException & {
    readonly address?: string
    readonly port?: number
  }
  const where = path ?? (address === undefined ? undefined : `${address}:${port ?? ''}`)
  const meaning = code !== undefined && Object.hasOwn(meanings, code) ? meanings[code] : undefined
  return meaning && where !== undefined ? meaning(where) : message
}
