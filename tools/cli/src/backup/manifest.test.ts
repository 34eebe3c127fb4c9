import { expect, test } from 'vitest'
import { formatManifest, parseManifest } from './manifest.ts'

const manifest = {
  createdAt: new Date('2026-11-30T02:30:00Z'),
  serverVersion: '18.4',
  migrations: ['0001_people'],
  tables: [{ name: 'person', columns: ['id', 'first_name'], rows: 2 }],
  sequences: [{ name: 'person_id_seq', lastValue: 2 }],
}

test('a description of a backup is read as it was written', () => {
  expect(parseManifest(formatManifest(manifest))).toEqual(manifest)
})

test.each([
  ['{"format": 2}', 'the layout of the backup is 2, not 1'],
  ['[]', 'the layout of the backup is undefined'],
  ['null', 'cannot be read'],
  ['{', 'JSON'],
  [formatManifest(manifest).replace('"rows": 2', '"rows": -2'), 'cannot be read'],
  [formatManifest(manifest).replace('"2026-11-30T02:30:00.000Z"', '"soon"'), 'the time of the backup cannot be read'],
])('a description that is none is refused: %s', (text, said) => {
  expect(() => parseManifest(text)).toThrow(said)
})
