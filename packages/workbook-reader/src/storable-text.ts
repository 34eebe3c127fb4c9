// oxlint-disable-next-line no-control-regex -- NUL is what is looked for
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** NUL goes, a lone surrogate becomes U+FFFD: no database takes either. */
export function toStorableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD')
}
