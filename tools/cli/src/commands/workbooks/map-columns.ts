import { columnProfiles, type ReviewedWorkbook, reviewQueue } from '@atermtrack/data'
import {
  columnIndex,
  type ColumnProfile,
  type DislocationField,
  dislocationFields,
  dislocationHeading,
  findLikelyHeader,
  headerSignature,
  isMappable,
  missingHeadings,
} from '@atermtrack/domain'
import { importWorkbook } from '@atermtrack/queue'
import { type Command, readId, UsageError } from '../../command.ts'
import { decide } from './decide-workbooks.ts'

export const mapColumnsCommand: Command = {
  right: 'review_workbooks',
  usage: '<id> <column>=<field> … [--header <row>]',
  about: `define the columns of an unknown layout, as in A=container C=operation; fields: ${dislocationFields.join(', ')}`,
  options: { header: { type: 'string' } },
  async run({ args: [id, ...assignments], options, env, actor, print }) {
    const columns = readColumns(assignments)
    const row = options['header'] === undefined ? undefined : readId(String(options['header']), 'the row of the header')
    await decide({ env, print, actor, id, queue: importWorkbook }, 'workbook.taught', async (db, workbook) => {
      if (workbook.status !== 'quarantined' || !isMappable(workbook.reason ?? '', workbook.kind)) return false
      const profile = { headerSignature: signatureOf(workbook, row), columns }
      await columnProfiles.save(db, profile, { createdBy: undefined })
      if (!(await reviewQueue.replay(db, workbook.id))) return false
      return { others: await reviewQueue.replayLayout(db, profile) }
    })
  },
}

function readColumns(assignments: readonly string[]): ColumnProfile['columns'] {
  const columns = new Map<DislocationField, number>()
  for (const assignment of assignments) {
    const [letters = '', name] = assignment.split('=')
    const index = columnIndex(letters)
    const field = dislocationFields.find((known) => known === name)
    if (index === undefined) throw new UsageError(`"${assignment}" does not begin with a column, as in A=container`)
    if (field === undefined) throw new UsageError(`"${assignment}" names no known field, see the list below`)
    if (columns.has(field)) throw new UsageError(`${field} is named twice`)
    if ([...columns.values()].includes(index)) throw new UsageError(`column ${letters.toUpperCase()} is named twice`)
    columns.set(field, index)
  }
  const missing = missingHeadings(columns)
  if (missing.length > 0) throw new UsageError(`these columns must be named too: ${missing.map(withField).join(', ')}`)
  return Object.fromEntries(columns)
}

/** `Операция (operation)` */
function withField(heading: string): string {
  return `${heading} (${dislocationFields.find((field) => dislocationHeading(field) === heading) ?? '?'})`
}

function signatureOf({ id, head }: ReviewedWorkbook, row: number | undefined): string {
  const header = head[row === undefined ? (findLikelyHeader(head)?.index ?? 0) : row - 1]
  if (!header) throw new Error(`workbook ${id} has no such row, see "workbooks show ${id}"`)
  return headerSignature(header)
}
