import { execFileSync } from 'node:child_process'
import { root } from '../bootstrap/paths.mjs'
import { pnpm } from '../bootstrap/install-packages.mjs'

// Lists the packages that the image holds by their licences, and ends with 1 when one has a licence that nobody has accepted.

const accepted = new Set([
  '(MIT AND Zlib)',
  '(MIT OR EUPL-1.1+)',
  '(MIT OR GPL-3.0-or-later)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT AND OFL-1.1',
  'MIT-0',
  'MIT/X11',
  // The library that draws charts: used as it is, so that nothing of ours is under it.
  'MPL-2.0',
  'Unlicense',
])
/** Packages that name no licence in a way that can be read by a program, looked at one by one. */
const looked = new Set(['buffers'])

/** Those that the Dockerfile installs. */
const parts = ['bot', 'ingester', 'reporter', 'cli', 'queue-page'].flatMap((name) => [
  '--filter-prod',
  `@atermtrack/${name}...`,
])
const listed = execFileSync('npx', ['--yes', pnpm, ...parts, 'licenses', 'list', '--prod', '--json'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
/** @type {[string, { name: string, versions: string[] }[]][]} */
const byLicence = Object.entries(JSON.parse(listed))
if (byLicence.length === 0) throw new Error('no package is listed')
for (const [licence, packages] of byLicence.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  for (const { name, versions } of packages) console.log(`${licence}\t${name}\t${versions.join(', ')}`)
  const unknown = accepted.has(licence) ? [] : packages.filter(({ name }) => !looked.has(name))
  if (unknown.length === 0) continue
  console.error(`not accepted: ${licence}: ${unknown.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
}
