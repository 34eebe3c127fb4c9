import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/paths.mjs'
import { checkRows } from './check-rows.mjs'
import { checkShape } from './check-shape.mjs'
import { checkWords } from './check-words.mjs'
import { settingsReference } from './settings-reference.mjs'

const reference = join(root, 'docs/settings.md')
const isWriting = process.argv.includes('--write')
const settings = await settingsReference()
if (isWriting) writeFileSync(reference, settings)

const problems = [...checkShape(), ...checkWords(), ...checkRows()]
if (readFileSync(reference, 'utf8') !== settings) {
  problems.push('docs/settings.md is not as the schemas say: node tools/checks/main.mjs --write')
}
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
