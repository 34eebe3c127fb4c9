// Rules about the tree that no linter has: the limit of files in a folder, and the unique number of each migration.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/paths.mjs'

const mostFilesInFolder = 15
const sources = ['packages', 'services', 'tools', 'tests', 'bench']
const skipped = new Set(['node_modules', 'dist', 'samples', 'public', 'results'])
// The databases that have run them hold their names, so they keep their numbers.
const sharedNumbers = new Map([
  ['0053', 2],
  ['0078', 2],
])

/**
 * Returns the violations of these rules as sentences.
 * @returns {readonly string[]}
 */
export function checkShape() {
  return [...sources.flatMap((folder) => crowdedFolders(folder)), ...doubleMigrations()]
}

/**
 * @param {string} folder
 * @returns {readonly string[]}
 */
function crowdedFolders(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  const count = entries.filter((entry) => entry.isFile() && isSource(entry.name)).length
  const problem = `${folder} holds ${count} source files, more than ${mostFilesInFolder}: sort them into folders by what they do`
  const inner = entries.filter((entry) => entry.isDirectory() && !skipped.has(entry.name))
  return [
    ...(count > mostFilesInFolder ? [problem] : []),
    ...inner.flatMap((entry) => crowdedFolders(`${folder}/${entry.name}`)),
  ]
}

/** @param {string} name */
function isSource(name) {
  return /\.(?:ts|mjs|js)$/.test(name) && !/\.test(?:-helper)?\.ts$/.test(name)
}

/** @returns {readonly string[]} */
function doubleMigrations() {
  const numbers = readdirSync(join(root, 'migrations')).map((name) => name.slice(0, 4))
  return [...new Set(numbers)]
    .map((number) => ({ number, count: numbers.filter((other) => other === number).length }))
    .filter(({ number, count }) => count !== (sharedNumbers.get(number) ?? 1))
    .map(({ number, count }) => `migrations: ${count} files have the number ${number}`)
}
