import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pathOf } from './request-path.ts'

test.each([
  ['/readyz', '/readyz'],
  ['/readyz?now=1#top', '/readyz'],
  ['/%72eadyz', '/readyz'],
  ['http://elsewhere.example/readyz?x', '/readyz'],
  ['HTTP://elsewhere.example', '/'],
  ['//', '//'],
  ['//host/readyz', '//host/readyz'],
])('the path of %s is %s', (target, path) => {
  expect(pathOf(target)).toBe(path)
})

test.each(['', '*', 'readyz', 'host:443', '/%', '/%ff', '/%zz', 'http://', 'http://[', 'http://a:99999/', 'ftp://a/b'])(
  '%j has no path',
  (target) => {
    expect(pathOf(target)).toBeUndefined()
  },
)

test('no target whatever throws', () => {
  const isParsed = (target: string) => ['string', 'undefined'].includes(typeof pathOf(target))
  expect(() => fc.assert(fc.property(fc.string({ unit: 'binary' }), isParsed))).not.toThrow()
  expect(() => fc.assert(fc.property(fc.webUrl(), (target) => pathOf(target) !== undefined))).not.toThrow()
})
