import type { HeaderLine } from './raw-header-text.ts'

/**
 * Whether the server that took a message says that it is not from whom its From claims: the DMARC result `fail` in the topmost
 * Authentication-Results (RFC 8601) with that server's own name. Lines below it, and of other names, come from whoever sent it.
 */
export function failsDmarc(lines: readonly HeaderLine[], authservId: string): boolean {
  const results = lines
    .filter(({ key }) => key === 'authentication-results')
    .map(({ line }) => readResults(line.slice(line.indexOf(':') + 1)))
    .find(({ server }) => server === authservId.toLowerCase())
  return results?.dmarc === 'fail'
}

interface Results {
  readonly server: string
  readonly dmarc: string | undefined
}

const dmarcResult = /^dmarc\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/

function readResults(value: string): Results {
  const [head = '', ...methods] = splitOutsideQuotes(withoutComments(value)).map((part) => part.trim().toLowerCase())
  // The version behind the name is optional.
  const server = unquoted(head.split(/\s+/)[0] ?? '')
  return {
    server,
    dmarc: methods.map((method) => dmarcResult.exec(method)?.[1]).find((result) => result !== undefined),
  }
}

/** Comments nest, may stand anywhere but within quotes, and may hold anything: they must not be taken for results. */
function withoutComments(value: string): string {
  let text = ''
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? ''
    if (char === '\\' && (isQuoted || depth > 0)) {
      if (depth === 0) text += value.slice(at, at + 2)
      at++
    } else if (char === '"' && depth === 0) {
      isQuoted = !isQuoted
      text += char
    } else if (char === '(' && !isQuoted) depth++
    else if (char === ')' && depth > 0) {
      depth--
      text += ' '
    } else if (depth === 0) text += char
  }
  return text
}

function splitOutsideQuotes(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|[^;"])+/gs) ?? []
}

function unquoted(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1) : text
}
