const ENTITY = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z][a-z0-9]{1,31}));?/giu
const NAMED: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad' }),
  ...Object.entries({ laquo: '«', raquo: '»', bdquo: '„', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’' }),
  ...Object.entries({ ndash: '–', mdash: '—', minus: '−', hellip: '…', bull: '•', middot: '·', deg: '°', sect: '§' }),
  ...Object.entries({ copy: '©', reg: '®', trade: '™', euro: '€', plusmn: '±', times: '×', numero: '№' }),
  ...Object.entries({ ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', zwnj: '\u200c', zwj: '\u200d' }),
])
// Browsers read the control characters of Latin-1 as windows-1252, and authors rely on that with `&#150;` for a dash.
const FIRST_CONTROL = 0x80
const CONTROLS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const LAST_CODE_POINT = 0x10_ff_ff

/** Decodes entities; an unknown one stays as it is. */
export function decodeHtmlEntities(text: string): string {
  return text.includes('&') ? text.replaceAll(ENTITY, decodeEntity) : text
}

function decodeEntity(entity: string, hex?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? entity
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  if (code > LAST_CODE_POINT) return entity
  return CONTROLS[code - FIRST_CONTROL] ?? String.fromCodePoint(code)
}
