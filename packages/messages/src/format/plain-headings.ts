/** Headings of a chat without the pictures before them, for cells. */
export function plainHeadings<Code extends string>(
  texts: Readonly<Record<Code, string>>,
): Readonly<Record<Code, string>> {
  return Object.fromEntries(
    Object.entries<string>(texts).map(([code, text]) => [code, text.replace(/^\P{L}+/u, '')]),
  ) as Record<Code, string>
}
