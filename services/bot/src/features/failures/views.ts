import type { FoundFailure, ListedFailure } from '@atermtrack/data'
import { bold, code, escapeHtml, failuresTexts as texts, formatExact, type Language } from '@atermtrack/messages'
import { inPairs, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'

interface Reader {
  readonly language: Language
  readonly zone: string
}

const longestMessage = 400
const longestStack = 1_800
const longestText = 300

/** The newest failures, each with a button. */
export function failureListView(failures: readonly ListedFailure[], reader: Reader): View {
  const words = texts[reader.language]
  const lines = failures.map(
    (failure) =>
      `• ${code(failure.reference)} ${formatExact(failure.failedAt, reader)}, ${doneIn(failure, reader.language)}: ${escapeHtml(failure.errorType)}`,
  )
  return {
    html: [words.title, '', ...(lines.length === 0 ? [words.none] : lines), '', words.hint].join('\n'),
    keyboard: {
      inline_keyboard: inPairs(failures.map(({ reference }) => actions.showFailure.button(reference, { reference }))),
    },
  }
}

/** One failure with the error; `ownText` is what the reader wrote themselves. */
export function failureView(failure: FoundFailure & { readonly ownText: string | undefined }, reader: Reader): View {
  const words = texts[reader.language]
  const { reference, failedAt, personName, telegramId, chatType, updateId, outcome, ownText } = failure
  const name = personName === null ? words.nobody : bold(personName)
  const who = telegramId === null ? words.nobody : `${name} (${code(String(telegramId))})`
  const place = chatType === null ? [] : [chatType === 'private' ? words.inPrivate : words.inGroup]
  return {
    html: [
      words.titleOf(reference),
      words.when(formatExact(failedAt, reader)),
      words.who([who, ...place].join(', ')),
      words.what(doneIn(failure, reader.language)),
      ...(ownText === undefined ? [] : [words.ownText(escapeHtml(ownText, longestText))]),
      words.update(updateId, outcome === null ? undefined : escapeHtml(outcome)),
      '',
      `${bold(failure.errorType)}: ${escapeHtml(failure.message, longestMessage)}`,
      `<pre>${escapeHtml(failure.stack, longestStack)}</pre>`,
    ].join('\n'),
    keyboard: { inline_keyboard: [[actions.listFailures.button(words.back)]] },
  }
}

function doneIn({ kind, name }: Pick<ListedFailure, 'kind' | 'name'>, language: Language): string {
  const words = texts[language]
  const known = Object.hasOwn(words.kinds, kind) ? words.kinds[kind as keyof typeof words.kinds] : escapeHtml(kind)
  if (name === null) return known
  return `${known} ${code(kind === 'command' ? `/${name}` : name)}`
}
