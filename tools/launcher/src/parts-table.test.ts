import { expect, test } from 'vitest'
import { partsTable, withoutLogin } from './parts-table.ts'

test('the columns of the table are aligned', () => {
  const table = partsTable(
    [
      { part: 'PostgreSQL', from: 'embedded', where: '/var/postgres' },
      { part: 'Mail', from: 'IMAP_SERVER', where: 'mail.example' },
    ],
    { part: 'Part', from: 'From', where: 'Where' },
  )
  const [heading = '', , first = '', second = ''] = table.split('\n')
  expect(first.indexOf('embedded')).toBe(heading.indexOf('From'))
  expect(second.indexOf('IMAP_SERVER')).toBe(heading.indexOf('From'))
  expect(first.indexOf('/var/postgres')).toBe(heading.indexOf('Where'))
  expect(second.indexOf('mail.example')).toBe(heading.indexOf('Where'))
})

test('an address is shown without its login', () => {
  expect(withoutLogin('postgres://me:secret@db:5432/atermtrack')).toBe('postgres://db:5432/atermtrack')
  expect(withoutLogin('redis://:secret@cache:6379/')).toBe('redis://cache:6379')
})
