interface Search {
  /** How nearly all programs write it. */
  readonly usual: string
  readonly pattern: RegExp
}

const searches = new Map<string, Search>()

/** The value of an attribute as it is written in a tag. */
export function attributeOf(tag: string, name: string): string | undefined {
  const { usual, pattern } = searchOf(name)
  const at = tag.indexOf(usual)
  if (at !== -1 && !tag.includes("'")) return tag.slice(at + usual.length, tag.indexOf('"', at + usual.length))
  const [, , double, single] = pattern.exec(tag) ?? []
  return double ?? single
}

/** A whole number out of an attribute; undefined when it says none. */
export function countOf(tag: string, name: string): number | undefined {
  const text = attributeOf(tag, name)
  return text !== undefined && /^\d{1,8}$/.test(text) ? Number(text) : undefined
}

/** The tag with an attribute set; `value` must be fit for quotes. */
export function withAttribute(tag: string, name: string, value: string | number): string {
  const bare = withoutAttribute(tag, name)
  return bare.replace(/\s*(\/?>)$/, (_, end: string) => ` ${name}="${value}"${end}`)
}

export function withoutAttribute(tag: string, name: string): string {
  return tag.replace(searchOf(name).pattern, '')
}

/** Foreign attributes have a prefix in front of the name, so a blank must stand there. */
function searchOf(name: string): Search {
  const known = searches.get(name)
  if (known) return known
  const search = { usual: ` ${name}="`, pattern: new RegExp(`\\s${name}\\s*=\\s*("([^"]*)"|'([^']*)')`) }
  searches.set(name, search)
  return search
}
