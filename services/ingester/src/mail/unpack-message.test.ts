import { aMessage, describe, expect, listSamples, readSample, test } from '@atermtrack/testkit'
import { unpackMessage } from './unpack-message.ts'

const content = Buffer.from('PK\u0003\u0004 stands for a workbook')
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

function withParts(parts: readonly string[], headers = 'From: robot@rail.example\r\nSubject: x'): Buffer {
  const body = parts.map((part) => `--b\r\n${part}\r\n`).join('')
  return Buffer.from(`${headers}\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${body}--b--\r\n`)
}

function part(headers: string, body = content.toString('base64')): string {
  return `${headers}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}`
}

const workbookPart = part(`Content-Type: ${xlsx}; name="отчёт.xlsx"`)

async function namesIn(message: Buffer): Promise<readonly string[]> {
  return (await unpackMessage(message)).attachments.map(({ fileName }) => fileName)
}

describe('the odd samples', () => {
  const subject = 'Отчёт слежения TrackerBot №777'
  const sheet = 'Отчёт слежения контейнеров — дислокация.xlsx'
  const expected: Readonly<Record<string, { subject?: string; sender?: string; fileNames: readonly string[] }>> = {
    'odd/01-rfc2047-koi8r.eml': {
      subject: 'Отчёт слежения TrackerBot N777',
      fileNames: ['Отчёт слежения контейнеров - дислокация.xlsx'],
    },
    'odd/02-rfc2231-continued.eml': { fileNames: [sheet] },
    'odd/03-raw-cp1251.eml': { fileNames: [sheet] },
    'odd/04-no-filename.eml': { fileNames: ['без имени'] },
    'odd/05-zipped.eml': { fileNames: ['отчёт.zip'] },
    'odd/06-forwarded.eml': { subject: `Fwd: ${subject}`, fileNames: [sheet] },
    'odd/07-path-traversal-name.eml': { fileNames: ['evil.xlsx'] },
    'odd/08-truncated-xlsx.eml': { fileNames: ['103_cut.xlsx'] },
    'odd/09-html-as-xls.eml': { fileNames: ['103.xls'] },
    'odd/10-stranger.eml': { sender: 'someone@else.example', fileNames: ['103_x.xlsx'] },
    'odd/11-unknown-layout.eml': { fileNames: ['report.xlsx'] },
    'odd/12-shrunk.eml': { fileNames: ['103_small.xlsx'] },
    'odd/13-cp1251-semicolon-csv.eml': { fileNames: ['103.csv'] },
    'odd/14-legacy-biff8-xls.eml': { fileNames: ['103_дислокация.xls'] },
    'odd/15-stamp-in-the-future.eml': { fileNames: ['103.xlsx'] },
  }

  test('are all known', async () => {
    expect(Object.keys(expected)).toEqual(await listSamples('odd'))
  })

  test.each(Object.entries(expected))('%s', async (path, { fileNames, ...rest }) => {
    const { attachments, ...message } = await unpackMessage(await readSample(path))
    expect(message).toMatchObject({ subject, sender: 'cargolk@gvc.rzd.ru', isUuencoded: false, ...rest })
    expect(attachments.map(({ fileName }) => fileName)).toEqual(fileNames)
    expect(message.sentAt).toBeInstanceOf(Date)
  })
})

describe('attachments', () => {
  test('are all found, whatever their disposition, in their order', async () => {
    const message = withParts([
      'Content-Type: text/plain; charset=koi8-r\r\n\r\nhello',
      part(`Content-Type: ${xlsx}\r\nContent-Disposition: attachment; filename="a.xlsx"`),
      part(`Content-Type: ${xlsx}\r\nContent-Disposition: inline; filename="b.xlsx"`),
      part(`Content-Type: ${xlsx}; name="c.xlsx"`),
      part(`Content-Type: application/octet-stream`),
      part('Content-Type: text/plain; name="d.csv"'),
      part('Content-Type: image/png; name="logo.png"'),
    ])
    expect(await namesIn(message)).toEqual(['a.xlsx', 'b.xlsx', 'c.xlsx', 'без имени', 'd.csv'])
  })

  test('have no texts of the letter among them', async () => {
    const message = withParts([
      'Content-Type: multipart/alternative; boundary="c"\r\n\r\n--c\r\n\r\nplain\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>\r\n--c--',
      'Content-Type: text/plain; name="ATT00001.txt"\r\nContent-Disposition: inline\r\n\r\nfooter',
      'Content-Type: message/delivery-status\r\n\r\nStatus: 5.0.0',
    ])
    expect(await namesIn(message)).toEqual([])
  })

  test('may be the whole message', async () => {
    const message = Buffer.from(
      `From: a@b.example\r\n${part(`Content-Type: ${xlsx}\r\nContent-Disposition: attachment; filename="a.xlsx"`)}`,
    )
    expect((await unpackMessage(message)).attachments).toMatchObject([{ fileName: 'a.xlsx', content }])
  })

  test.each([
    ['C:\\Отчёты\\март.xlsx', 'март.xlsx'],
    ['/etc/passwd', 'passwd'],
    ['folder/', 'без имени'],
    ['\u202Exslx.exe', 'xslx.exe'],
    ['a\u0000b.xlsx', 'ab.xlsx'],
  ])('named %j are called %j', async (written, shown) => {
    const header = `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(written)}`
    expect(await namesIn(withParts([part(`Content-Type: ${xlsx}\r\n${header}`)]))).toEqual([shown])
  })

  test('are taken from Rich Text of Outlook as it is', async () => {
    const message = withParts([part('Content-Type: application/ms-tnef')])
    expect(await namesIn(message)).toEqual(['winmail.dat'])
  })

  test('survive blanks and rubbish in their base64, and a missing end', async () => {
    const spoilt = content.toString('base64').replace(/(.{8})/g, '$1 \r\n*')
    const whole = withParts([part(`Content-Type: ${xlsx}; name="a.xlsx"`, spoilt)]).toString()
    const { attachments } = await unpackMessage(Buffer.from(whole.slice(0, whole.lastIndexOf('--b--'))))
    expect(attachments).toMatchObject([{ fileName: 'a.xlsx', content }])
  })

  test('within the text are noticed', async () => {
    const text = 'Файл:\r\nbegin 644 report.xls\r\n#0V%T\r\n`\r\nend\r\n'
    const message = Buffer.from(`From: a@b.example\r\nContent-Type: text/plain\r\n\r\n${text}`)
    expect(await unpackMessage(message)).toMatchObject({ attachments: [], isUuencoded: true })
  })
})

describe('forwarded messages', () => {
  const inner = withParts([workbookPart], 'From: first@else.example\r\nSubject: inner').toString('latin1')

  test.each([
    ['attached', `Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n${inner}`],
    ['inline', `Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n${inner}`],
    ['bare', `Content-Type: message/rfc822\r\n\r\n${inner}`],
    ['in base64', part('Content-Type: message/rfc822', Buffer.from(inner, 'latin1').toString('base64'))],
    [
      'as a file',
      part('Content-Type: application/octet-stream; name="x.eml"', Buffer.from(inner, 'latin1').toString('base64')),
    ],
  ])('%s are opened, and their sender is not the sender', async (_, wrapped) => {
    const message = Buffer.from(
      withParts([wrapped.replaceAll('--b', '--inner').replaceAll('"b"', '"inner"')]).toString(),
      'latin1',
    )
    const { sender, attachments } = await unpackMessage(message)
    expect(sender).toBe('robot@rail.example')
    expect(attachments).toMatchObject([{ fileName: 'отчёт.xlsx', content }])
  })

  test('are opened three deep and no deeper', async () => {
    const wrap = (raw: Buffer) =>
      aMessage({
        attachments: [
          {
            fileName: '',
            content: raw,
            rawHeaders: ['Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64'],
          },
        ],
      })
    const letter = aMessage({ attachments: [{ fileName: 'a.xlsx', content }] })
    expect(await namesIn(wrap(wrap(wrap(letter))))).toEqual(['a.xlsx'])
    expect(await namesIn(wrap(wrap(wrap(wrap(letter)))))).toEqual(['без имени'])
  })

  test('that cannot be read leave the rest alone', async () => {
    const bomb = Buffer.from(`X: ${'x'.repeat(11_000_000)}\r\n\r\n`)
    const headers = ['Content-Type: message/rfc822; name="x.eml"', 'Content-Transfer-Encoding: base64']
    const message = aMessage({
      attachments: [
        { fileName: '', content: bomb, rawHeaders: headers },
        { fileName: 'a.xlsx', content },
      ],
    })
    expect(await namesIn(message)).toEqual(['x.eml', 'a.xlsx'])
  })
})

test.each([
  ['"cargolk@gvc.rzd.ru" <evil@x.example>', 'evil@x.example'],
  ['cargolk@gvc.rzd.ru <evil@x.example>', 'evil@x.example'],
  ['"<cargolk@gvc.rzd.ru>" <evil@x.example>', 'evil@x.example'],
  ['=?utf-8?B?PGNhcmdvbGtAZ3ZjLnJ6ZC5ydT4=?= <evil@x.example>', 'evil@x.example'],
  ['=?utf-8?Q?cargolk=40gvc.rzd.ru=3E_=3C?= <evil@x.example>', 'evil@x.example'],
  ['cargolk@gvc.rzd.ru (c) <evil@x.example>', 'evil@x.example'],
  ['Отчёты <Cargolk@GVC.rzd.ru>', 'cargolk@gvc.rzd.ru'],
  ['cargolk@gvc.rzd.ru', 'cargolk@gvc.rzd.ru'],
  ['', undefined],
])('mail from %j was sent by %s', async (from, sender) => {
  expect((await unpackMessage(Buffer.from(`From: ${from}\r\n\r\nhello`))).sender).toBe(sender)
})

test('mail that is built to keep a parser busy is taken apart at once', async () => {
  const html = `Content-Type: text/html\r\n\r\n${'<div>'.repeat(1_000_000)}`
  const startedAt = Date.now()
  expect(await namesIn(withParts([html, workbookPart]))).toEqual(['отчёт.xlsx'])
  expect(Date.now() - startedAt).toBeLessThan(10_000)
})

test.each([
  [
    'nested parts',
    Array.from(
      { length: 2_000 },
      (_, n) => `--${n}\r\nContent-Type: multipart/mixed; boundary="${n + 1}"\r\n\r\n`,
    ).join(''),
  ],
  ['siblings', '--0\r\n\r\n\r\n'.repeat(200_000)],
])('a bomb of %s is refused at once', async (_, body) => {
  const startedAt = Date.now()
  await expect(
    unpackMessage(Buffer.from(`From: a@b.example\r\nContent-Type: multipart/mixed; boundary="0"\r\n\r\n${body}`)),
  ).rejects.toThrow(/Max/)
  expect(Date.now() - startedAt).toBeLessThan(10_000)
})
