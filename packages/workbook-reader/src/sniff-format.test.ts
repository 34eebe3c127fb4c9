import { expect, test } from 'vitest'
import { utils, write } from '@e965/xlsx'
import { sniffFormat } from './sniff-format.ts'
import { buildXlsx, buildZip } from './zip/zip-builder.test-helper.ts'

const book = utils.book_new(utils.aoa_to_sheet([['Номер контейнера', 1]]), 'Лист1')
const written = (bookType: 'xlsx' | 'xlsm' | 'xlsb' | 'ods' | 'biff8' | 'biff5' | 'xlml' | 'html') =>
  new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer)

/** An OLE file with one directory entry of the name. */
const oleWith = (name: string) => {
  const file = Buffer.alloc(1024)
  file.write('d0cf11e0a1b11ae1', 'hex')
  file.write(`${name}\0`, 640, 'utf16le')
  file.writeUInt16LE((name.length + 1) * 2, 640 + 64)
  return file
}

test.each([
  ['xlsx', written('xlsx')],
  ['xlsx', written('xlsm')],
  ['xlsx', buildXlsx({})],
  ['xlsb', written('xlsb')],
  ['ods', written('ods')],
  ['biff', written('biff8')],
  ['biff', written('biff5')],
  ['spreadsheetml', written('xlml')],
  ['html', written('html')],
  ['encrypted', oleWith('EncryptedPackage')],
  ['ole', oleWith('WordDocument')],
  ['zip', buildZip([{ name: 'a.txt', data: 'x' }])],
  ['zip', buildZip([{ name: 'inner.xlsx', data: buildXlsx({}), stored: true }])],
  [
    'package',
    buildZip([
      { name: '[Content_Types].xml', data: '' },
      { name: 'word/document.xml', data: '' },
    ]),
  ],
  ['package', buildZip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true }])],
  ['xlsx', buildXlsx({}).subarray(0, 200)],
  ['archive', Buffer.from('Rar!\u001A\u0007\u0000', 'latin1')],
  ['archive', Buffer.from('7z\u00BC\u00AF\u0027\u001C', 'latin1')],
  ['archive', Buffer.from('1f8b0800', 'hex')],
  ['html', Buffer.from('\uFEFF\r\n <HTML><body>')],
  ['html', Buffer.from('<table border=1>')],
  ['html', Buffer.from('\uFEFF<html>', 'utf16le')],
  ['csv', Buffer.from('Номер контейнера;Вес\r\n')],
  ['csv', Buffer.from([0xcd, 0xee, 0xec, 0xe5, 0xf0, 0x3b, 0x31])],
  ['unknown', Buffer.from('<svg/>')],
  ['csv', Buffer.from('one column')],
  ['csv', Buffer.from('\uFEFFНомер;Вес', 'utf16le').swap16()],
  ['unknown', Buffer.from('{\\rtf1 text}')],
  ['unknown', Buffer.from('%PDF-1.7\nno control character yet')],
  ['unknown', Buffer.from(' \r\n')],
  ['unknown', Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 0x2c])],
  ['unknown', Buffer.alloc(0)],
])('tells %s by its bytes', (format, bytes) => {
  expect(sniffFormat(bytes)).toBe(format)
})
