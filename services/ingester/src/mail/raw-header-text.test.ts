import { describe, expect, test } from 'vitest'
import { parseMessage } from './parse-message.ts'

const name = 'Вагоны – отчёт №5.xlsx'
const inKoi8 = 'Вагоны отчёт 5.xlsx'

/** One-byte encodings by the decoder that every runtime has. */
function encode(text: string, charset: string): Buffer {
  const decoder = new TextDecoder(charset)
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
  return Buffer.from(Array.from(text, (char) => bytes.get(char) ?? 0x3f))
}

function message({ subject, headers }: { readonly subject: Buffer; readonly headers: Buffer }): Buffer {
  return Buffer.concat([
    Buffer.from('From: a@b.example\r\nSubject: '),
    subject,
    Buffer.from('\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'),
    headers,
    Buffer.from('\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==\r\n--b--\r\n'),
  ])
}

async function read(headers: Buffer, subject: Buffer = Buffer.from('x')) {
  const { parts, subject: read } = await parseMessage(message({ subject, headers }))
  return { subject: read, fileName: parts[0]?.fileName }
}

const places = {
  'Content-Disposition': (file: string) =>
    `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${file}"`,
  'Content-Type': (file: string) => `Content-Type: application/octet-stream; name="${file}"`,
  'a folded line': (file: string) =>
    `Content-Type: application/octet-stream;\r\n name="${file.replace(' ', '\r\n ')}"; x=y`,
}

describe.each(Object.entries(places))('raw bytes in %s', (_, place) => {
  test.each([
    ['windows-1251', name],
    ['koi8-r', inKoi8],
    ['ibm866', inKoi8],
  ])('are read as %s', async (charset, file) => {
    const subject = encode(file, charset)
    expect(await read(encode(place(file), charset), subject)).toEqual({ subject: file, fileName: file })
  })

  test('are read as UTF-8', async () => {
    const read8 = await read(Buffer.from(place(name)), Buffer.from(name))
    expect(read8).toEqual({ subject: name, fileName: name })
  })
})

test.each([
  ['RFC 2047', `=?koi8-r?B?${encode(inKoi8, 'koi8-r').toString('base64')}?=`, inKoi8],
  ['RFC 2047 in words', '=?utf-8?Q?=D0=92=D0=B0=D0=B3?= =?utf-8?Q?=D0=BE=D0=BD.xlsx?=', 'Вагон.xlsx'],
])('%s is read', async (_, written, file) => {
  expect(await read(Buffer.from(places['Content-Disposition'](written)), Buffer.from(written))).toEqual({
    subject: file,
    fileName: file,
  })
})

test('RFC 2231 with continuations in windows-1251 is read', async () => {
  const percent = [...encode(name, 'windows-1251')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
  const headers = `Content-Type: application/octet-stream\r\nContent-Disposition: attachment;
 filename*0*=windows-1251''${percent.slice(0, 7).join('')};\r\n filename*1*=${percent.slice(7).join('')}`
  expect(await read(Buffer.from(headers))).toMatchObject({ fileName: name })
})

test('Western letters that were properly encoded stay as they are', async () => {
  const headers =
    "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''%C3%9Cb%C3%A9r.xlsx"
  expect(await read(Buffer.from(headers))).toMatchObject({ fileName: 'Übér.xlsx' })
})
