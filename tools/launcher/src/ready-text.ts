import type { LauncherTexts } from '@atermtrack/messages'
import type { InboxProgress } from './simulated-inbox.ts'

export interface Standing {
  readonly name: string
  readonly hasAccess: boolean
}

/** Facts that a start says at its end. */
export interface ReadyFacts {
  /** Undefined for a bot in Telegram itself. */
  readonly pageUrl: string | undefined
  /** A name, or the id of a chat. */
  readonly admin: string | undefined
  readonly others: readonly Standing[]
  /** Undefined where the mail is real. */
  readonly files: InboxProgress | undefined
  /** Examples out of the data; undefined where there is none. */
  readonly tries: { readonly [Key in 'container' | 'train' | 'question']: string | undefined }
}

/** The last lines of a start: addresses, people, files, and what to try. */
export function readyText({ pageUrl, admin, others, files, tries }: ReadyFacts, words: LauncherTexts): string {
  const rows = [
    ...(pageUrl === undefined ? [] : [[words.page, pageUrl]]),
    [words.admin, admin === undefined ? words.noAdmin : words.administers(admin)],
    ...others.map(({ name, hasAccess }) =>
      hasAccess ? [words.colleague, words.asks(name)] : [words.stranger, words.requests(name, admin ?? words.admin)],
    ),
    ...(files ? [[words.files, words.filesRead(files.done, files.waiting, '/workbooks')]] : []),
  ]
  const examples = [
    ...(['container', 'train', 'question'] as const).flatMap((kind) => {
      const text = tries[kind]
      return text === undefined ? [] : [[text, words.tries[kind]]]
    }),
    ['/start', words.tries.start],
  ]
  return [
    words.ready,
    '',
    ...columns(rows),
    '',
    words.tryThis,
    ...columns(examples),
    '',
    words.commandLine,
    words.logs,
    words.stops,
  ].join('\n')
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length))
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`)
}
