import { stagedNames } from '../../positions/import/dislocation-staging.ts'

const tab = 9
const newline = 10

/** Calls `visit` with where each line of a report begins. Every line ends with a newline. */
export function forEachLine(lines: Buffer, visit: (start: number) => void): void {
  let start = 0
  while (start < lines.length) {
    visit(start)
    start = lines.indexOf(newline, start) + 1
    if (start === 0) return
  }
}

/** The text of the line that begins at `start`, without its newline. */
export function lineAt(lines: Buffer, start: number): string {
  const end = lines.indexOf(newline, start)
  return lines.toString('utf8', start, end < 0 ? lines.length : end)
}

/** Reads one field of a line without splitting it: undos look at millions of lines and need two or three fields of each. */
export function createFieldReader(name: string): (lines: Buffer, start: number) => string {
  const place = stagedNames.indexOf(name)
  return (lines, start) => {
    let from = start
    for (let tabs = 0; tabs < place; from += 1) if (lines[from] === tab) tabs += 1
    let to = from
    while (to < lines.length && lines[to] !== tab && lines[to] !== newline) to += 1
    return lines.toString('utf8', from, to)
  }
}
