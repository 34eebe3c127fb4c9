import { aMessage } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { parseMessage } from '../parse-message.ts'
import { aReturnedMail } from './returned-mail.test-helper.ts'
import { readAnswer } from './read-answer.ts'

const own = 'delivery-7.0b8a5c1e-2f6d-4f0e-9c3a-1d2e3f4a5b6c@aterm.test'
const answers = [`In-Reply-To: <${own}>`]

async function read(message: Buffer) {
  return readAnswer(await parseMessage(message))
}

test.for([
  ['стоп', 'стоп'],
  ['a word with a sign and capitals', 'СТОП!\n\n> Таблица во вложении.'],
  ['another word', 'Отписаться, пожалуйста'],
  ['an English word', '\n\n  unsubscribe\n'],
  ['a short English one', 'Stop.'],
] as const)('an answer that begins with %s ends mail', async ([, text]) => {
  const message = aMessage({ subject: 'Re: Дислокация', text, rawHeaders: answers })
  expect(await read(message)).toEqual({ kind: 'unsubscribe', messageIds: [own] })
})

test.for([
  ['that says something else', 'Спасибо, получили'],
  ['that only quotes the word', '> стоп\n\nчто это значит?'],
  ['whose word only begins like it', 'Стоповый сигнал на станции'],
  ['that is a letter', `Стоп, ${'а где же тот контейнер, о котором мы говорили '.repeat(3)}`],
] as const)('an answer %s does not', async ([, text]) => {
  expect(await read(aMessage({ subject: 'Re: Дислокация', text, rawHeaders: answers }))).toBeUndefined()
})

test('a message of the button of a mail program names the mail in its subject', async () => {
  const message = aMessage({ subject: `unsubscribe ${own}`, text: '' })
  expect(await read(message)).toEqual({ kind: 'unsubscribe', messageIds: [own] })
})

test('who names no mail of ours ends nothing, whatever they write', async () => {
  expect(
    await read(aMessage({ subject: 'Re: стоп', text: 'стоп', rawHeaders: ['In-Reply-To: <other@aterm.test>'] })),
  ).toBeUndefined()
})

test('an answer in another alphabet, and one in HTML alone, are read', async () => {
  const head = `From: anna@example.test\r\nSubject: Re: x\r\nIn-Reply-To: <${own}>\r\n`
  const koi8 = Buffer.concat([
    Buffer.from(`${head}Content-Type: text/plain; charset=koi8-r\r\n\r\n`),
    Buffer.from([0xd3, 0xd4, 0xcf, 0xd0]),
  ])
  expect(await read(koi8)).toMatchObject({ kind: 'unsubscribe' })
  const html =
    '<html><head><style>p { color: red }</style></head><body><p>&nbsp;Stop</p><blockquote>x</blockquote></body></html>'
  expect(await read(Buffer.from(`${head}Content-Type: text/html; charset=utf-8\r\n\r\n${html}`))).toMatchObject({
    kind: 'unsubscribe',
  })
})

test.for([
  ['5.1.1', 'failed', true],
  ['5.2.1', 'failed', true],
  ['5.7.1', 'failed', false],
  ['4.4.7', 'failed', false],
  ['4.2.2', 'delayed', false],
  ['5.1.1', 'delayed', false],
] as const)('a report that says %s, %s: refused for good is %s', async ([status, action, isRefused]) => {
  const message = aReturnedMail({ messageId: own, status, action })
  expect(await read(message)).toEqual({ kind: 'returned', messageIds: [own], isRefused })
})

test('a report about a mail of somebody else is none of ours', async () => {
  expect(await read(aReturnedMail({ messageId: 'x@y.example', status: '5.1.1', action: 'failed' }))).toBeUndefined()
})
