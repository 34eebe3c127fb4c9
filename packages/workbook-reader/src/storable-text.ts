// oxlint-disable-next-line no-control-regex -- the pattern looks for NUL
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** Removes NUL and replaces lone surrogates by U+FFFD: the database rejects both. */
export function toStorableText(text: string): string {
  if (!UNSTORABLE.test(text)) return text
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD')
}
