import { auditDetails } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { languages } from '../catalogue.ts'
import { auditActorText, auditFacts, auditObjectText } from './audit-entry.ts'

const ru = { language: 'ru', zone: 'Europe/Moscow' } as const
const en = { language: 'en', zone: 'Europe/Moscow' } as const

test.each([
  ['person:7', 'Анна', 'Анна', 'Анна'],
  ['person:7', undefined, 'человек № 7, данные стёрты', 'person No. 7, whose data were erased'],
  ['company:3', 'Ромашка', 'компания «Ромашка»', 'company “Ромашка”'],
  ['company:3', null, 'компания № 3', 'company No. 3'],
  ['workbook:5', 'a.xlsx', 'файл «a.xlsx»', 'file “a.xlsx”'],
  ['train:К25-073', undefined, 'поезд К25-073', 'train К25-073'],
  ['setting:STALE_AFTER_HOURS', undefined, 'настройка «Данные устарели, ч»', 'setting “Data are old, h”'],
  ['export:people', undefined, 'выгрузка «Люди»', 'export “People”'],
  ['export:subscriber_reports', undefined, 'выгрузка «Отчёты подписчиков»', 'export “Reports of subscribers”'],
  ['queue:send-email', undefined, 'очередь send-email', 'queue send-email'],
  ['backup', undefined, '', ''],
  ['later:5', undefined, 'later:5', 'later:5'],
])('%s with the name %s is «%s»', (object, objectName, russian, english) => {
  expect(auditObjectText({ object, objectName }, 'ru')).toBe(russian)
  expect(auditObjectText({ object, objectName }, 'en')).toBe(english)
})

test.each([
  [
    'access.granted',
    { role: 'viewer', companyId: 3 },
    { companyId: 'Ромашка' },
    'роль: наблюдатель, компания: Ромашка',
  ],
  ['access.granted', { role: 'viewer', companyId: 3 }, {}, 'роль: наблюдатель, компания: № 3'],
  ['setting.changed', { to: '', from: '6' }, {}, 'было: 6, стало: не задано'],
  ['workbook.undo_requested', { from: 'imported' }, {}, 'было: принят'],
  [
    'workbook.accepted',
    { reason: 'shrunk', rows: 1_205 },
    {},
    'причина: строк намного меньше, чем обычно, строк: 1 205',
  ],
  ['workbook.taught', { with: 9 }, { with: 'b.xlsx' }, 'как в файле «b.xlsx»'],
  [
    'export.ordered',
    { from: '2026-11-01', until: '2026-11-15', zone: 'Asia/Vladivostok' },
    {},
    'с 01.11.2026, по 15.11.2026, время: Владивосток',
  ],
  ['export.ordered', { from: '', until: '', zone: 'Europe/Moscow' }, {}, 'время: Москва'],
  [
    'train.containers_moved',
    { to: 'К25-074', containers: 2, numbers: 'A B' },
    {},
    'на поезд К25-074, контейнеров: 2, A B',
  ],
  [
    'broadcast.changed',
    { audience: '{"kind":"company","companyId":3}' },
    { audience: 'Ромашка' },
    'кому: компания «Ромашка»',
  ],
  ['broadcast.changed', { audience: '{"kind":"role","role":"admin"}' }, {}, 'кому: администраторы'],
  [
    'broadcast.changed',
    { sendAt: '2026-11-30T06:00:00.000Z', isSilent: true },
    {},
    'без звука: да, когда: 30.11.2026 09:00 (МСК)',
  ],
  ['broadcast.changed', { sendAt: 'at once' }, {}, 'когда: сразу'],
  ['broadcast.composed', { method: 'sendPhoto' }, {}, 'вид: фото'],
  [
    'broadcast.done',
    { total: 5, sent: 4, blocked: 1, failed: 0, unknown: 0, cancelled: 0 },
    {},
    'всего: 5, отправлено: 4, не приняли: 1',
  ],
  [
    'subscription.changed',
    { subscriptionId: 2, changes: 'times, paused' },
    { subscriptionId: 'Москва' },
    'подписка: «Москва», что: время, поставлена на паузу',
  ],
  [
    'mail_list.changed',
    { eventKinds: 'unloaded,arrived' },
    {},
    'события: Выгрузка или выдача, Прибытие на станцию назначения',
  ],
  ['mail_list.changed', { addresses: 'a@b.example,c@d.example' }, {}, 'адреса: a@b.example, c@d.example'],
  ['group.quiet_hours', { threadId: 0, hours: 'none' }, {}, 'часы: нет'],
  ['person.written_to', { deliveryId: 55 }, {}, ''],
  ['backup.created', { bytes: 7_600_000, rows: 3, seconds: 4 }, {}, 'размер: 7,6 МБ, строк: 3, за 4 с'],
  ['of.later', { novelty: 5 }, {}, 'novelty: 5'],
] as const)('%s with %j is said with the names %j', (action, details, names, said) => {
  expect(auditFacts({ action, details, names }, ru).join(', ').replaceAll('\u00A0', ' ')).toBe(said)
})

test('the details are in the language of the reader', () => {
  const details = { from: '2026-11-01', until: '', zone: 'Asia/Vladivostok' }
  expect(auditFacts({ action: 'export.ordered', details, names: {} }, en)).toEqual([
    'from 1 Nov 2026',
    'times: Vladivostok',
  ])
})

test('a value of a later release stays as it is', () => {
  for (const language of languages) {
    for (const name of Object.keys(auditDetails)) {
      const [action = '', detail = ''] = name.includes('.')
        ? [`${name.split('.')[0]}.x`, name.split('.')[1]]
        : ['x.y', name]
      const facts = auditFacts({ action, details: { [detail]: 'later' }, names: {} }, { ...ru, language })
      expect([name, facts.every((fact) => fact.includes('later'))]).toEqual([name, true])
    }
  }
})

test('behind an entry is a person, a command or the program', () => {
  const nobody = { actorName: null, actorId: null, updateId: null, command: null }
  expect(auditActorText({ ...nobody, actorName: 'Анна', actorId: 1 }, 'ru')).toBe('Анна')
  expect(auditActorText({ ...nobody, actorId: 1 }, 'ru')).toBe('человек № 1, данные стёрты')
  expect(auditActorText({ ...nobody, updateId: 7 }, 'ru')).toBe('человек, чьи данные стёрты')
  expect(auditActorText({ ...nobody, command: 'people grant' }, 'ru')).toBe('командная строка (people grant)')
  expect(auditActorText(nobody, 'ru')).toBe('сама программа')
})
