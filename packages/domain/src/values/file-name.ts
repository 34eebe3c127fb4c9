import { cleanText, cutText } from './clean-text.ts'

const longest = 200

/** The name of a file from outside, for people and never a path: its last part, without hidden marks and of limited length. */
export function readableFileName(name: string | undefined): string | undefined {
  const last = cleanText(name ?? '')
    .split(/[\\/]/)
    .at(-1)
    ?.trim()
  return last ? cutText(last, longest) : undefined
}
