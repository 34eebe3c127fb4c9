import { number, plural } from '../words.ts'
import type { workbookNotices as ru } from '../../ru/notices/workbook.ts'

export const workbookNotices: typeof ru = {
  dislocation: 'Position report',
  terminal_report: 'Terminal report',
  train_roster: 'Train roster',
  archive: 'Archive',
  message: 'Message',
  rows: (n) => `${number(n)} ${plural(n, { one: 'row', other: 'rows' })}`,
  files: (n) => `${n} ${plural(n, { one: 'file', other: 'files' })}`,
  asOf: (when) => `data as of ${when}`,
  fresh: (n) => `${number(n)} new`,
  skipped: (n) => `rows left out: ${number(n)}`,
  waits: 'Waits for an administrator',
  waitsForYou: 'A file waits for a decision',
  refused: 'Not taken',
  refusedFile: 'A file was not taken',
  reason: 'Reason',
  rejectedBefore: (id) => `An administrator has rejected the same file before: №${id}`,
  transshipment: '🏗 Set the transshipment station',
  annotate: '📄 Add statuses',
  noReport: 'This is no report: the common data stay as they are. I am adding the statuses to it.',
  show: '👁 Show',
  accept: '✅ Accept anyway',
  mapColumns: '🎓 Define columns',
  reject: '🗑 Reject',
  original: '📎 Original file',
}
