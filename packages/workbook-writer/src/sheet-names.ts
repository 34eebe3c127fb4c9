const longest = 31
const forbidden = /[:\\/?*[\]\p{Cc}]/gu

/** Names that Excel takes for sheets of one workbook, in the order of the given ones. */
export function sheetNames(wanted: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return wanted.map((name) => {
    const clean = tidy(name.replace(forbidden, ' ').replace(/\s+/g, ' '), longest)
    let unique = clean
    for (let n = 2; taken.has(unique.toLowerCase()); n += 1) {
      unique = `${tidy(clean, longest - ` (${n})`.length)} (${n})`
    }
    taken.add(unique.toLowerCase())
    return unique
  })
}

function tidy(name: string, length: number): string {
  const cut = name
    .replace(/^[\s']+/, '')
    .slice(0, length)
    .replace(/\p{Cs}/gu, '')
    .replace(/[\s']+$/, '')
  // Excel keeps `History` for itself.
  if (cut === '' || cut.toLowerCase() === 'history') return 'Лист'
  return cut
}
