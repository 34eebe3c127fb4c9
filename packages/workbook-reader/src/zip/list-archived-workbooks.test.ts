import { expect, test } from 'vitest'
import { listArchivedWorkbooks, defaultArchiveLimits, type ArchiveLimits } from './list-archived-workbooks.ts'
import { readWorkbook } from '../read-workbook.ts'
import { encodeText } from '../text/text-encoding.test-helper.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { buildXlsx, buildZip, type ZipPart } from './zip-builder.test-helper.ts'

const csv = 'Номер;Вес\n1;2\n'

const list = (parts: readonly ZipPart[], limits: Partial<ArchiveLimits> = {}) =>
  listArchivedWorkbooks(buildZip(parts), { ...defaultArchiveLimits, ...limits })

async function reasonFor(parts: readonly ZipPart[] | Uint8Array, limits: Partial<ArchiveLimits> = {}) {
  const bytes = parts instanceof Uint8Array ? parts : buildZip(parts)
  const error: unknown = await listArchivedWorkbooks(bytes, { ...defaultArchiveLimits, ...limits }).catch(
    (failure: unknown) => failure,
  )
  return error instanceof UnreadableWorkbook ? error.reason : error
}

test('unpacks workbooks of any kind and leaves out folders, rubbish and other documents', async () => {
  const xlsx = buildXlsx({})
  const found = await list([
    { name: 'отчёты/', data: '', stored: true },
    { name: 'отчёты/1.xlsx', data: xlsx },
    { name: '__MACOSX/._1.xlsx', data: csv },
    { name: 'отчёты/.DS_Store', data: csv },
    { name: 'отчёты/Thumbs.db', data: csv },
    { name: 'scan.pdf', data: '%PDF-1.7' },
    { name: 'empty.xls', data: '' },
    { name: '2.csv', data: csv, stored: true },
  ])
  expect(found?.map(({ name }) => name)).toEqual(['1.xlsx', '2.csv'])
  expect(Buffer.from(found![0]!.content)).toEqual(xlsx)
})

test.each([
  ['an xlsx', buildXlsx({})],
  ['a cut-off zip', buildXlsx({}).subarray(0, 100)],
  ['a text', Buffer.from(csv)],
  ['a rar', Buffer.from('Rar!\u001A\u0007\u0000', 'latin1')],
  ['nothing', Buffer.alloc(0)],
])('passes over %s', async (_case, bytes) => {
  expect(await listArchivedWorkbooks(bytes)).toBeUndefined()
})

test.each([
  ['UTF-8 as marked', Buffer.from('Отчёт №1.csv'), 0x08_00],
  ['UTF-8 without a mark', Buffer.from('Отчёт №1.csv'), 0],
  ['the charset of the Russian console', encodeText('Отчёт №1.csv', 'ibm866'), 0],
  ['windows-1251', encodeText('Отчёт №1.csv', 'windows-1251'), 0],
])('decodes a name in %s', async (_charset, name, flags) => {
  const zip = withName(buildZip([{ name: 'x'.repeat(name.length), data: csv }]), name, flags)
  expect((await listArchivedWorkbooks(zip))?.map((workbook) => workbook.name)).toEqual(['Отчёт №1.csv'])
})

test.each<[string, string, readonly ZipPart[]]>([
  ['an encrypted file', 'encrypted', [{ name: 'a.csv', data: csv, flags: 1 }]],
  ['a zip within', 'archive_unsupported', [{ name: 'a.zip', data: buildZip([{ name: 'a.csv', data: csv }]) }]],
  ['a rar within', 'archive_unsupported', [{ name: 'a.rar', data: 'Rar!\u001A\u0007\u0000' }]],
  ['an absolute path', 'damaged', [{ name: '/etc/a.csv', data: csv }]],
  ['a path out of the archive', 'damaged', [{ name: '../a.csv', data: csv }]],
  ['a path out of the archive, the Windows way', 'damaged', [{ name: '..\\a.csv', data: csv }]],
  ['a drive', 'damaged', [{ name: 'C:/a.csv', data: csv }]],
  ['a lying size', 'bomb', [{ name: 'a.csv', data: csv.repeat(100), declaredSize: 10 }]],
  ['a gigabyte declared', 'bomb', [{ name: 'a.csv', data: csv, declaredSize: 2 ** 30 }]],
  ['too good a ratio', 'bomb', [{ name: 'a.csv', data: ' '.repeat(2_000_000) }]],
  ['a wrong checksum', 'damaged', [{ name: 'a.csv', data: csv, declaredChecksum: 1 }]],
  ['no workbook', 'not_a_workbook', [{ name: 'scan.pdf', data: '%PDF-1.7' }]],
  ['too many files', 'bomb', Array.from({ length: 21 }, (_, index) => ({ name: `${index}.csv`, data: csv }))],
])('refuses an archive with %s', async (_case, reason, parts) => {
  expect(await reasonFor(parts)).toBe(reason)
})

test('refuses a symbolic link', async () => {
  const zip = buildZip([{ name: 'a.csv', data: '/etc/passwd' }])
  zip.writeUInt32LE(0xa1_ff_00_00, zip.indexOf('PK\u0001\u0002') + 38)
  expect(await reasonFor(zip)).toBe('damaged')
})

test('keeps to its limits in sum', async () => {
  const parts = [1, 2].map((number) => ({ name: `${number}.csv`, data: csv.repeat(10) }))
  const size = Buffer.byteLength(csv) * 20
  expect(await reasonFor(parts, { maxUnpackedBytes: size - 1 })).toBe('bomb')
  expect(await reasonFor(parts, { maxBytes: 100 })).toBe('too_big')
  expect(await list(parts, { maxUnpackedBytes: size, maxFiles: 2 })).toHaveLength(2)
})

test('reading an archive as a workbook says that it is none', async () => {
  const reading = readWorkbook(buildZip([{ name: 'a.csv', data: csv }]), { sheet: () => undefined })
  await expect(reading).rejects.toMatchObject({ reason: 'not_a_workbook' })
})

/** Puts a raw name of the same length and other flags into both headers of a zip with one entry. */
function withName(zip: Buffer, name: Buffer, flags: number): Buffer {
  const entry = zip.indexOf('PK\u0001\u0002')
  name.copy(zip, 30)
  name.copy(zip, entry + 46)
  zip.writeUInt16LE(flags, 6)
  zip.writeUInt16LE(flags, entry + 8)
  return zip
}
