import { expect, test } from 'vitest'
import { monthAfter, monthBefore, readRegisterQuestion } from './read-register.ts'

const today = '2026-11-30'

test.for([
  ['реестр просрочек за октябрь', '2026-10-01', undefined],
  ['Реестр просрочек за декабрь', '2025-12-01', undefined],
  ['реестр просрочек за май', '2026-05-01', undefined],
  ['реестр просроченных доставок за март 2025', '2025-03-01', undefined],
  ['реестр просрочек за 10.2026', '2026-10-01', undefined],
  ['реестр просрочек за прошлый месяц', '2026-10-01', undefined],
  ['реестр просрочек за этот месяц', '2026-11-01', undefined],
  ['Просрочки за ноябрь', '2026-11-01', undefined],
  ['реестр просрочек', undefined, undefined],
  ['реестр просрочек за октябрь для Ромашки', '2026-10-01', 'ромашки'],
  ['реестр просрочек для Ромашки за октябрь', '2026-10-01', 'ромашки'],
  ['реестр просрочек по К25-073', undefined, undefined],
  ['register of late deliveries for October', '2026-10-01', undefined],
  ['late register last month', '2026-10-01', undefined],
  ['late deliveries for may 2026', '2026-05-01', undefined],
] as const)('«%s» asks for the register', ([text, month, whom]) => {
  expect(readRegisterQuestion(text, today)).toEqual({ month, whom })
})

test.for(['что стоит на Забайкальской', 'реестр', 'просрочен ли MSKU6011672', 'прибудет в октябре', 'late'])(
  '«%s» does not',
  (text) => expect(readRegisterQuestion(text, today)).toBeUndefined(),
)

test('months go on over the end of a year', () => {
  expect([monthBefore('2026-01-31'), monthAfter('2026-12-31')]).toEqual(['2025-12-01', '2027-01-01'])
})
