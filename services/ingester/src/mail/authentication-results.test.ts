import { describe, expect, test } from 'vitest'
import { failsDmarc } from './authentication-results.ts'

const ours = 'mx.example.org'
const line = (value: string) => ({ key: 'authentication-results', line: `Authentication-Results: ${value}` })

describe('a message is not proven', () => {
  test.each([
    ['in so many words', `${ours}; spf=pass smtp.mailfrom=a@b.example; dmarc=fail header.from=b.example`],
    ['in folded lines', `${ours};\r\n\tdkim=none;\r\n\tdmarc=fail (p=REJECT sp=NONE) header.from=b.example`],
    ['with versions and blanks', `${ours} 1; DMARC/1 = Fail reason="policy"`],
    ['with comments in between', `(by us) ${ours} (really); dmarc (dmarc=pass;) = (nested (pass)) fail`],
    ['with the name of the server in quotes and other case', `"MX.example.org"; dmarc=fail`],
    ['behind a quoted semicolon', `${ours}; auth=pass reason="a; dmarc=pass"; dmarc=fail`],
    ['behind a quoted parenthesis', `${ours}; auth=pass reason="(\\" "; dmarc=fail`],
  ])('%s', (_case, value) => {
    expect(failsDmarc([line(value)], ours)).toBe(true)
  })
})

describe('a message is not doubted', () => {
  test.each([
    ['without results', `${ours}; none`],
    ['that passes', `${ours}; dmarc=pass header.from=b.example`],
    ['of a domain without a policy', `${ours}; dmarc=none`],
    ['whose result could not be had', `${ours}; dmarc=temperror`],
    ['for what another server says', 'mx.other.example; dmarc=fail'],
    ['for a failure in a comment or a quotation', `${ours}; dmarc=pass (dmarc=fail); spf=pass reason="; dmarc=fail"`],
    ['for a method whose name only ends so', `${ours}; x-dmarc=fail`],
    ['for the name of our server as a part of another', `${ours}.evil.example; dmarc=fail`],
  ])('%s', (_case, value) => {
    expect(failsDmarc([line(value)], ours)).toBe(false)
  })

  test('without the header', () => {
    expect(failsDmarc([{ key: 'subject', line: 'Subject: dmarc=fail' }], ours)).toBe(false)
  })
})

test('only the topmost header of our server counts, whatever the sender put below', () => {
  const pass = line(`${ours}; dmarc=pass`)
  const fail = line(`${ours}; dmarc=fail`)
  expect(failsDmarc([fail, pass], ours)).toBe(true)
  expect(failsDmarc([pass, fail], ours)).toBe(false)
  expect(failsDmarc([line('mx.other.example; dmarc=pass'), fail, pass], ours)).toBe(true)
})
