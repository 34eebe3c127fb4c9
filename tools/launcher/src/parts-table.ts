import type { LauncherTexts } from '@atermtrack/messages'

/** A line of the table that a start prints. */
export interface PartRow {
  readonly part: string
  /** Its source: the environment, or a stand-in. */
  readonly from: string
  /** Address or folder; never a password. */
  readonly where: string
}

/** The rows as aligned columns under a heading. */
export function partsTable(rows: readonly PartRow[], heading: LauncherTexts['table']): string {
  const all = [heading, ...rows]
  const partWidth = Math.max(...all.map(({ part }) => part.length))
  const fromWidth = Math.max(...all.map(({ from }) => from.length))
  const line = ({ part, from, where }: PartRow) => `  ${part.padEnd(partWidth)}  ${from.padEnd(fromWidth)}  ${where}`
  const [head = '', ...lines] = all.map((row) => line(row).trimEnd())
  const rule = `  ${'─'.repeat(partWidth)}  ${'─'.repeat(fromWidth)}  ${'─'.repeat(20)}`
  return [head, rule, ...lines].join('\n')
}

/** An address without its login, for people to read. */
export function withoutLogin(address: string): string {
  const url = new URL(address)
  url.username = ''
  url.password = ''
  return url.href.replace(/\/$/, '')
}
