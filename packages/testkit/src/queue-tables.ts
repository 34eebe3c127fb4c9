import { type AnyQueue, contracts, rowContracts } from '@atermtrack/queue'

const queues: readonly AnyQueue[] = contracts
const rowQueues: readonly string[] = rowContracts.map(({ name }) => name)

/** The tables of queues in the documents, by the name of their block. */
export const queueTables: Readonly<Record<string, () => string>> = {
  queues: () =>
    table(
      ['queue', 'payload', 'enqueued by', 'worked by'],
      queues.map((queue) => [code(queue.name), payloadOf(queue), enqueuedBy(queue), queue.workedBy]),
    ),
  'failure contracts': () =>
    table(
      ['queue', 'starts', 'done twice is harmless because', 'when it fails for good', 'what you do'],
      queues.map(({ name, failure: { starts, repeats, fails, remedy } }) => {
        return [code(name), starts, repeats, fails, remedy]
      }),
    ),
}

/** Writes each table into its block of a document: between `<!-- generated: name -->` and `<!-- end -->`. */
export function renewTables(document: string): string {
  return document.replaceAll(/(<!-- generated: ([\w ]+) -->\n)[^]*?(<!-- end -->)/g, (block, begin, name, end) => {
    const make = queueTables[String(name)]
    return make ? `${begin}${make()}\n${end}` : block
  })
}

function payloadOf({ name, schedules = [] }: AnyQueue): string {
  const row = rowContracts.find((contract) => contract.name === name)
  const fields = Object.keys(row?.forRow(1) ?? schedules[0]?.payload ?? {})
  return fields.length === 0 ? '–' : fields.join(', ')
}

function enqueuedBy({ name, schedules = [], enqueuedBy: others = [] }: AnyQueue): string {
  return [
    ...new Set(schedules.map(({ rhythm }) => `schedule ${described(rhythm)}`.trim())),
    ...others,
    ...(rowQueues.includes(name) ? ['sweep'] : []),
  ].join(', ')
}

function described(rhythm: NonNullable<AnyQueue['schedules']>[number]['rhythm']): string {
  if ('minutes' in rhythm) return '(`MAIL_POLL_MINUTES`)'
  const [minute = '', hour = ''] = rhythm.pattern.split(' ')
  return hour === '*' ? '(every minute)' : `(${hour.padStart(2, '0')}:${minute})`
}

function code(text: string): string {
  return `\`${text}\``
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
