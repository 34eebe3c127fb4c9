import { people } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import ExcelJS from 'exceljs'
import { untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'
import { awaitMessage, textOf } from './talk.ts'

const vera = 1003
const boris = 1002

test('a viewer sends a workbook and gets the same one with statuses; so does a dispatcher whose file is not a report', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: new Date(Date.now() - 600_000), size: 5 })])
  const [viewer, operator] = [sandbox.person(vera), sandbox.person(boris)]
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  await Promise.all([system.start('bot'), system.start('ingester', { INBOX_DIR: inbox }), system.start('reporter')])
  await untilCompleted(db, 1)

  const [known = ''] = containers(1)
  await viewer.sendDocument({ bytes: await aPersonsWorkbook(known), fileName: 'Мои контейнеры.xlsx' })
  await awaitMessage(viewer, 'Принял файл «Мои контейнеры.xlsx», дополняю статусами')
  const { caption, sheet, fileName } = await receive(viewer)
  expect(fileName).toMatch(/^Мои контейнеры \+ статусы \d{4}-\d\d-\d\d\.xlsx$/)
  expect(caption).toContain('Найдено 1 из 2 контейнеров')
  expect(sheet.getCell('A1').value).toBe('Заявки')
  expect(sheet.getCell('C4').value).toMatchObject({ formula: 'B4&"!"' })
  expect(sheet.getCell('D3').value).toBe('Статус')
  expect([sheet.getCell('D4').value, sheet.getCell('D5').value]).toEqual([expect.any(String), 'не найден'])

  await operator.say('/menu')
  await awaitMessage(operator, '')
  await people.grant(db, boris, 'operator')
  await operator.sendDocument({ bytes: await aPersonsWorkbook(known), fileName: 'План.xlsx' })
  await awaitMessage(operator, 'Это не отчёт')
  expect((await receive(operator)).sheet.getCell('D3').value).toBe('Статус')

  async function receive(person: typeof viewer) {
    const message = await person.waitForReply({ where: ({ document }) => document !== undefined, timeoutMs: 40_000 })
    const file = message.document && sandbox.file(message.document.file_id)
    if (!file) throw new Error('the document cannot be downloaded')
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(new Uint8Array(file.bytes).buffer)
    const [sheet] = workbook.worksheets
    if (!sheet) throw new Error('the workbook has no sheets')
    return { caption: textOf(message), sheet, fileName: message.document?.file_name }
  }
})

/** A title, a heading for people, a known number and an unknown one. */
async function aPersonsWorkbook(known: string): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('План')
  sheet.getCell('A1').value = 'Заявки'
  sheet.getRow(3).values = ['Заявка', 'Ящик', 'Проверка']
  sheet.getRow(4).values = [1, known, { formula: 'B4&"!"', result: `${known}!` }]
  sheet.getRow(5).values = [2, 'CSQU3054383', undefined]
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
