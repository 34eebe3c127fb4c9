import { describe, expect, test } from 'vitest'
import { proveSender } from './authentication-results.ts'

const ours = 'mx.example.org'
const from = { key: 'from', line: 'From: "Robot, a@evil.example" <robot@b.example>' }
const line = (value: string) => ({ key: 'authentication-results', line: `Authentication-Results: ${value}` })
const proof = (value: string, id = ours) => proveSender([line(value), from], id)

describe('a sender is proved', () => {
  test.each([
    ['by DMARC', `${ours}; spf=none; dmarc=pass (p=NONE) header.from=b.example`],
    ['by DMARC without a named domain', `${ours}; dmarc=pass`],
    ['in folded lines', `${ours};\r\n\tdkim=none;\r\n\tdmarc=pass\r\n\theader.from=B.example`],
    ['with versions and blanks', `${ours} 1; DMARC/1 = Pass reason="policy"`],
    ['with comments in between', `(by us) ${ours} (really); dmarc (dmarc=fail;) = (nested (fail)) pass`],
    ['with the name of the server in quotes and other case', `"MX.example.org"; dmarc=pass`],
    ['behind a quoted semicolon', `${ours}; auth=pass reason="a; dmarc=fail"; dmarc=pass`],
    ['behind a quoted parenthesis', `${ours}; auth=pass reason="(\\" "; dmarc=pass`],
    ['by DKIM of its domain', `${ours}; dmarc=none; dkim=fail header.d=x.example; dkim=pass header.d=b.example`],
    ['by DKIM of the parent, named as an identity', `${ours}; dkim=pass header.i=@b.example header.s=1`],
    ['by SPF of a subdomain', `${ours}; spf=pass smtp.mailfrom=bounce@mail.b.example`],
    ['by SPF as Yandex writes it', `${ours}; spf=pass (mx: ip is allowed) smtp.mail=a@b.example`],
  ])('%s', (_case, value) => {
    expect(proof(value)).toBe('pass')
  })

  test('by any host of the own domain, where the setting names the domain', () => {
    expect(proof('front42.mail.example.net; dmarc=pass', '.mail.example.net')).toBe('pass')
    expect(proof('front42.mail.example.net.evil.example; dmarc=pass', '.mail.example.net')).toBe('missing')
  })
})

describe('a sender is not proved', () => {
  test.each([
    ['by failed DMARC, whatever else passes', `${ours}; dkim=pass header.d=b.example; dmarc=fail`, 'fail'],
    ['by DMARC of another domain', `${ours}; dmarc=pass header.from=evil.example`, 'fail'],
    ['without results', `${ours}; none`, 'none'],
    ['of a domain without a policy', `${ours}; dmarc=none`, 'none'],
    ['whose result could not be had', `${ours}; dmarc=temperror`, 'temperror'],
    ['whose policy is broken', `${ours}; dmarc=permerror`, 'permerror'],
    ['by what another server says', 'mx.other.example; dmarc=pass', 'missing'],
    [
      'by a pass in a comment or a quotation',
      `${ours}; dmarc=none (dmarc=pass); spf=none reason="; dmarc=pass"`,
      'none',
    ],
    ['by a method whose name only ends so', `${ours}; x-dmarc=pass`, 'none'],
    ['by a server of which ours is a part', `${ours}.evil.example; dmarc=pass`, 'missing'],
    ['by DKIM of a stranger', `${ours}; dkim=pass header.d=evil.example`, 'none'],
    ['by DKIM of a name that only ends so', `${ours}; dkim=pass header.d=xb.example`, 'none'],
    ['by DKIM of a top level', `${ours}; dkim=pass header.d=example`, 'none'],
    ['by DKIM that names nobody', `${ours}; dkim=pass`, 'none'],
    ['by the HELO name', `${ours}; spf=pass smtp.helo=b.example`, 'none'],
    [
      'by SPF of an address that quotes ours',
      `${ours}; spf=pass smtp.mailfrom="a@b.example; dmarc=pass"@evil.example`,
      'none',
    ],
  ])('%s', (_case, value, expected) => {
    expect(proof(value)).toBe(expected)
  })

  test('without the header', () => {
    expect(proveSender([from, { key: 'subject', line: 'Subject: dmarc=pass' }], ours)).toBe('missing')
  })

  test.each([
    ['two From lines', [from, { key: 'from', line: 'From: x@evil.example' }]],
    ['two addresses', [{ key: 'from', line: 'From: robot@b.example, x@evil.example' }]],
    ['no address', [{ key: 'from', line: 'From: robot' }]],
    ['no From', []],
  ])('with %s', (_case, lines) => {
    expect(proveSender([line(`${ours}; dmarc=pass`), ...lines], ours)).toBe('ambiguous')
  })
})

test('only the topmost header of our server counts, whatever the sender put below', () => {
  const pass = line(`${ours}; dmarc=pass`)
  const fail = line(`${ours}; dmarc=fail`)
  const none = line(`${ours}; spf=none`)
  expect(proveSender([fail, pass, from], ours)).toBe('fail')
  expect(proveSender([none, pass, from], ours)).toBe('none')
  expect(proveSender([pass, fail, from], ours)).toBe('pass')
  expect(proveSender([line('mx.other.example; dmarc=pass'), fail, pass, from], ours)).toBe('fail')
})
