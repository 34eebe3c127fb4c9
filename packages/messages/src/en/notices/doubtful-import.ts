import { number, plural } from '../words.ts'
import type { doubtfulImport as ru } from '../../ru/notices/doubtful-import.ts'

export const doubtfulImport: typeof ru = {
  partly: 'A report was taken in part',
  behind: 'A new report went into the history only',
  future: (n) =>
    `${number(n)} ${plural(n, { one: 'row was', other: 'rows were' })} refused: the time in ${plural(n, { one: 'it', other: 'them' })} is later than the file came.`,
  asOf: (when) => `Its data are as of ${when}.`,
  ahead: (name, when) => `Ahead of it is ${name}, data as of ${when}.`,
  advice:
    'If the time in that report is wrong, undo its import: the containers are put together from the other reports.',
  show: '👁 Show',
  undo: (id) => `↩️ Undo the import №${id}`,
}
