import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/**
 * Path of a development tool's command.
 * @param {string} name
 */
export function binary(name) {
  return join(root, 'node_modules', '.bin', name)
}
