import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/paths.mjs'
import { exceptions, words } from './word-list.mjs'

/**
 * Returns the lines that use a word of the list, in code, comments and documents; identifiers are split into words.
 * @returns {readonly string[]}
 */
export function checkWords() {
  const listed = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.md'], { cwd: root, encoding: 'utf8' })
  return listed.split('\n').filter(Boolean).flatMap(checkFile)
}

/** @param {string} file */
function checkFile(file) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (exceptions.some((known) => (known.file?.test(file) ?? true) && (known.line?.test(line) ?? true))) return []
    const apart = line
      .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
      .replaceAll('_', ' ')
      .replaceAll(/(?<=[a-z])-(?=[a-z])/g, ' ')
    const found = words.find(({ pattern }) => pattern.test(apart))
    return found ? [`${file}:${index + 1}: write "${found.instead}" instead: ${line.trim().slice(0, 100)}`] : []
  })
}
