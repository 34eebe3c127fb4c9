// The rows of a statement have one description, its select list: a type beside it is checked by nobody.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/paths.mjs'

/** A template with a type that begins like a statement; a value or a subquery in brackets has a type of its own. */
const typedStatement = /\bsql<[^`]*>`\s*(?:\$\{sql\.raw\(\w+\)\}\s*)?(?:with|select|insert|update|delete)\b/g

/**
 * Returns the statements of packages and services whose rows have a type that was written by hand.
 * @returns {readonly string[]}
 */
export function checkRows() {
  const listed = execFileSync('git', ['ls-files', 'packages/*/src/**.ts', 'services/*/src/**.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
  return listed
    .split('\n')
    .filter((file) => file !== '' && !/\.test(?:-helper)?\.ts$/.test(file))
    .flatMap(checkFile)
}

/** @param {string} file */
function checkFile(file) {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(typedStatement)].map(({ index }) => {
    const line = text.slice(0, index).split('\n').length
    return `${file}:${line}: the rows of this statement are typed by hand; use Kysely's builder, or selectRows of typed-rows.ts`
  })
}
