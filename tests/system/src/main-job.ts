import type { PersonHandle } from '@atermtrack/sandbox'
import { aMessage, containerNumber, type Fixtures, type TestSmtpServer } from '@atermtrack/testkit'
import type { DroppedFile } from './drop-folder.ts'
import type { ServiceEnv } from './service-process.ts'
import { ask, awaitMessage, press } from './talk.ts'

type MailServer = Fixtures['mailServer']

/** Containers 0 … n−1 of the testkit. */
export function containers(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => containerNumber(n))
}

/** Settings with which the ingester reads this mailbox. */
export function imapEnv({ host, port, user, password }: MailServer): ServiceEnv {
  return { IMAP_SERVER: host, IMAP_PORT: String(port), IMAP_SECURE: 'false', IMAP_USER: user, IMAP_PASS: password }
}

/** Settings of bot and reporter for e-mail. */
export function smtpEnv({ host, port }: TestSmtpServer): ServiceEnv {
  return { SMTP_SERVER: host, SMTP_PORT: String(port), SMTP_SECURE: 'false', SMTP_FROM: 'robot@forwarder.example' }
}

/** Puts a workbook into the mailbox as the railway's robot does. */
export async function mailWorkbook(
  mailServer: MailServer,
  { fileName, content, mailedAt }: DroppedFile,
): Promise<void> {
  await mailServer.append(aMessage({ date: mailedAt, attachments: [{ fileName, content }] }))
}

/** Makes a subscription through the dialog. */
export async function subscribe(person: PersonHandle, name: string, numbers: readonly string[]): Promise<void> {
  await ask(person, '📂 Мои подписки', 'одпис')
  await press(person, 'Создать')
  await awaitMessage(person, 'Как назвать')
  await ask(person, name, 'Пришлите номера')
  await ask(person, numbers.join('\n'), 'Принято')
  await press(person, 'Дальше')
  await awaitMessage(person, 'Когда присылать')
  await press(person, '09:00 и в 16:00')
  await awaitMessage(person, 'Проверьте')
  await press(person, 'Сохранить')
  await awaitMessage(person, 'создана')
}

/** Orders a subscription's report outside its times; resolves when the order is accepted. */
export async function askForReportNow(person: PersonHandle, name: string): Promise<void> {
  await ask(person, '📂 Мои подписки', 'Мои подписки')
  await press(person, name)
  await awaitMessage(person, 'Следующий отчёт')
  await press(person, 'Прислать сейчас')
}

/** Proves an address with the code that comes by mail. */
export async function proveAddress(person: PersonHandle, address: string, smtpServer: TestSmtpServer): Promise<void> {
  await ask(person, '/email', 'Адрес не указан')
  await press(person, 'Указать адрес')
  await awaitMessage(person, 'Напишите адрес')
  await ask(person, address, 'Отправил код')
  const letter = await smtpServer.waitForMessage(({ to }) => to.includes(address), { timeoutMs: 60_000 })
  await ask(person, codeIn(letter.raw), 'Адрес подтверждён')
}

function codeIn(raw: Buffer): string {
  const [, body = ''] = raw.toString().split('\r\n\r\n')
  const encoded = /content-transfer-encoding: base64/i.test(raw.toString())
  const text = encoded ? Buffer.from(body, 'base64').toString() : body
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]
  if (code === undefined) throw new Error('there is no code in the e-mail')
  return code
}
