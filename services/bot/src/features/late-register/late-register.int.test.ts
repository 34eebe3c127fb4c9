import { companies, type Db } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'

const now = () => new Date('2026-11-30T06:00:00Z')

async function ordered(db: Db) {
  return db.selectFrom('report').select(['kind', 'name', 'localDate', 'trainCode', 'companyId']).orderBy('id').execute()
}

test('a question in words orders the register of a month, of a train or of a company', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const company = await companies.insert(db, 'ООО Ромашка')
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  for (const text of [
    'реестр просрочек за октябрь',
    'реестр просрочек по К25-073',
    'реестр просрочек за май для Ромашки',
  ]) {
    await person.say(text)
    expect((await person.waitForReply()).text).toBe('Готовлю реестр, пришлю сюда')
  }
  const common = { kind: 'late_register', trainCode: null, companyId: null }
  expect(await ordered(db)).toEqual([
    { ...common, name: 'Реестр просрочек: октябрь 2026', localDate: '2026-10-01' },
    { ...common, name: 'Реестр просрочек: К25-073', localDate: null, trainCode: 'К25-073' },
    { ...common, name: 'Реестр просрочек: май 2026, ООО Ромашка', localDate: '2026-05-01', companyId: company!.id },
  ])
  await person.say('реестр просрочек за май для Василька')
  expect((await person.waitForReply()).text).toContain('Компании «василька» не нашёл')
})

test('buttons choose the month and the company, and what comes without asking', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const company = await companies.insert(db, 'ООО Ромашка')
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('/late')
  await person.waitForReply()
  await person.press('▫️ Присылать 1-го числа')
  await person.waitForReply()
  await person.press('▫️ Предупреждать о сроке претензий')
  await person.waitForReply()
  const wishes = db.selectFrom('lateRegisterReader').select(['isMonthly', 'isWarned', 'sentMonth'])
  expect(await wishes.execute()).toEqual([{ isMonthly: true, isWarned: true, sentMonth: '2026-10-01' }])
  await person.press('✅ Присылать 1-го числа')
  await person.waitForReply()
  await person.press('Компания: все')
  await person.waitForReply()
  await person.press('ООО Ромашка')
  await person.waitForReply()
  const pressed = await person.press('октябрь 2026')
  expect(await person.waitForAnswer(pressed)).toMatchObject({ text: 'Готовлю реестр, пришлю сюда' })
  expect(await ordered(db)).toMatchObject([{ localDate: '2026-10-01', companyId: company!.id }])
  expect(await wishes.executeTakeFirst()).toMatchObject({ isMonthly: false, isWarned: true })
})
