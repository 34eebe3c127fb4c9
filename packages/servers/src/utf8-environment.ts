export type Environment = Readonly<Record<string, string | undefined>>

/** Every libc has it without a package; Chromium takes file names apart without such a locale. */
const locale = 'C.UTF-8'

/**
 * An environment for a program that is started: `environment`, by default our own, with a UTF-8 locale in place of the
 * machine's. Messages are English then, file names may be Cyrillic.
 */
export function utf8Environment(environment: Environment = process.env): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isLocale(entry[0]),
  )
  return { ...Object.fromEntries(kept), LANG: locale, LC_ALL: locale }
}

function isLocale(name: string): boolean {
  return name === 'LANG' || name === 'LANGUAGE' || name.startsWith('LC_')
}
