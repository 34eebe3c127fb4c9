import type { HeaderLine } from './raw-header-text.ts'

/** The verdict of our own mail server about the From of a message; only `pass` is a proof. */
export type SenderProof = 'pass' | 'fail' | 'none' | 'temperror' | 'permerror' | 'missing' | 'ambiguous'

/**
 * Reads whether the server that received a message has proved its From: by DMARC, or by DKIM or SPF for a domain that is aligned
 * with From (RFC 7489, 3.1). Only the topmost Authentication-Results (RFC 8601) with that server's own name counts: lines
 * below it, and of other names, come from the sender. An `authservId` with a leading dot stands for every host of that domain.
 */
export function proveSender(lines: readonly HeaderLine[], authservId: string): SenderProof {
  const from = fromDomain(lines)
  if (from === undefined) return 'ambiguous'
  const results = lines
    .filter(({ key }) => key === 'authentication-results')
    .map(({ line }) => readResults(valueOf(line)))
    .find(({ server }) => isOwn(server, authservId.toLowerCase()))
  return results ? judge(results.methods, from) : 'missing'
}

function judge(methods: readonly MethodResult[], from: string): SenderProof {
  const dmarc = methods.filter(({ method }) => method === 'dmarc')
  // A result for another From than the one in use proves nothing.
  if (dmarc.some(({ result, domains }) => result === 'fail' || domains.some((domain) => domain !== from))) return 'fail'
  if (dmarc.some(({ result }) => result === 'pass')) return 'pass'
  const isAligned = methods.some(
    ({ method, result, domains }) =>
      method !== 'dmarc' && result === 'pass' && domains.length > 0 && domains.every((domain) => aligned(domain, from)),
  )
  if (isAligned) return 'pass'
  const error = dmarc.map(({ result }) => result).find((result) => result === 'temperror' || result === 'permerror')
  return error ?? 'none'
}

/**
 * Equal, or one a subdomain of the other: the owner of a domain owns its subdomains. Siblings would need the list of public
 * suffixes, and do not count.
 */
function aligned(domain: string, from: string): boolean {
  if (domain === from) return true
  const [shorter, longer] = domain.length < from.length ? [domain, from] : [from, domain]
  return shorter.includes('.') && longer.endsWith(`.${shorter}`)
}

function isOwn(server: string, authservId: string): boolean {
  return authservId.startsWith('.') ? server.endsWith(authservId) : server === authservId
}

/** The domain of the only From address; undefined when there are none or several, since servers and readers choose differently. */
function fromDomain(lines: readonly HeaderLine[]): string | undefined {
  const [only, ...others] = lines.filter(({ key }) => key === 'from')
  if (!only || others.length > 0) return undefined
  const domains = [...withoutQuotations(withoutComments(valueOf(only.line))).matchAll(addressDomain)]
  return domains.length === 1 ? domains[0]?.[1]?.toLowerCase() : undefined
}

interface MethodResult {
  readonly method: 'dmarc' | 'dkim' | 'spf'
  readonly result: string
  /** The identity that the result is about. */
  readonly domains: readonly string[]
}

interface Results {
  readonly server: string
  readonly methods: readonly MethodResult[]
}

const addressDomain = /@\s*([^\s@<>,;:"]+)/g
const methodResult = /^(dmarc|dkim|spf)\s*(?:\/\s*\d+\s*)?=\s*([a-z]+)/
/** The property that names the domain a method has checked. The HELO name of SPF says nothing about the author. */
const properties: Readonly<Record<MethodResult['method'], RegExp>> = {
  dmarc: /\sheader\.from\s*=\s*("(?:\\.|[^"\\])*"|\S+)/g,
  dkim: /\sheader\.[di]\s*=\s*("(?:\\.|[^"\\])*"|\S+)/g,
  spf: /\ssmtp\.mail(?:from)?\s*=\s*("(?:\\.|[^"\\])*"\S*|\S+)/g,
}

function readResults(value: string): Results {
  const [head = '', ...methods] = splitOutsideQuotes(withoutComments(value)).map((part) => part.trim().toLowerCase())
  // The version behind the name is optional.
  const server = unquoted(head.split(/\s+/)[0] ?? '')
  return { server, methods: methods.flatMap(readMethod) }
}

function readMethod(text: string): readonly MethodResult[] {
  const [, method, result] = methodResult.exec(text) ?? []
  if (method !== 'dmarc' && method !== 'dkim' && method !== 'spf') return []
  const domains = [...text.matchAll(properties[method])].map(([, value = '']) => domainOf(unquoted(value)))
  return [{ method, result: result ?? '', domains }]
}

/** The part of an address after its last @. */
function domainOf(value: string): string {
  return value.slice(value.lastIndexOf('@') + 1).replace(/\.$/, '')
}

function valueOf(line: string): string {
  return line.slice(line.indexOf(':') + 1)
}

function withoutQuotations(text: string): string {
  return text.replaceAll(/"(?:\\.|[^"\\])*"/gs, ' ')
}

/** Comments nest, may stand anywhere but within quotes, and may hold anything: they must not count as results. */
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
