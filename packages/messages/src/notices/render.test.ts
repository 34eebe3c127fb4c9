import { describe, expect, test } from 'vitest'
import { type Language, languages } from '../catalogue.ts'
import { type NoticeKind, noticeKinds } from './kinds.ts'
import { type Notice, notice, type NoticeParams, renderNotice } from './render.ts'

const since = new Date('2026-06-30T05:00:00Z')
const zone = 'Asia/Vladivostok'
const file = { id: 7, fileName: 'a.xlsx', sender: 'a@b.example', reason: 'shrunk', kind: 'dislocation' } as const
const mail = { id: 9, sender: null, subject: 'a', size: 1, reason: 'too_big' }
const person = { telegramId: 1001, firstName: 'Anna', lastName: null, username: 'anna' }
const counts = { total: 9, sent: 5, blocked: 1, failed: 1, unknown: 1, cancelled: 1 }

const likeEvents = {
  kind: 'abandoned',
  station: 'Mogocha',
  train: '1234',
  firstAt: since,
  lastAt: since,
  count: 1,
  containers: ['MSKU6011672'],
  destination: 'Selyatino',
} as const

const samples: { readonly [Kind in NoticeKind]: NoticeParams<Kind> } = {
  access_changed: { role: 'admin', companyName: null },
  access_denied: {},
  access_granted: { role: 'viewer', companyName: 'Romashka' },
  access_requested: { personId: 3, person, about: 'a forwarder' },
  admin_message: { html: 'Call us' },
  annotation_failed: { name: 'a.xlsx' },
  annotation_refused: { name: 'a.zip', reason: 'no_numbers', skipped: [{ name: 'b.zip', reason: 'nested' }] },
  ask_again: {},
  backup_alarm: { zone, alarm: { name: 'backup-failed', error: 'disk <full>', lastAt: since } },
  backup_recovered: { zone, madeAt: since },
  broadcast_done: { id: 5, counts, round: 1 },
  broadcast_recalled: { id: 5, counts: { due: 0, deleted: 3, kept: 1 } },
  claims_end: {
    count: 9,
    waybills: [{ waybill: 'X', days: 3, until: '2026-12-10' }],
    lastDay: '2026-12-15',
    month: '2026-10-01',
  },
  colleague_answered: { name: 'List', colleague: 'Boris', hasAccepted: false },
  colleague_asked: { targetId: 6, name: 'List', owner: 'Anna', slots: ['09:00'] },
  dialog_closed: {},
  document_failed: { reason: 'gone', fileName: 'a.xlsx' },
  email_paused: { id: 3, address: 'anna@example.com', because: 'bounced' },
  event_alert: { alertId: 8, zone, events: likeEvents },
  event_digest: { alertId: 8, zone, why: 'more', groups: [likeEvents], others: 2 },
  feed_alarm: { zone, alarm: { name: 'mail-login-refused', failingSince: since } },
  feed_recovered: { zone, recovery: { name: 'mailbox-out-of-reach' } },
  gathered: { topic: 'files', gathered: 2, reasons: { shrunk: 2 }, newest: ['a.xlsx'] },
  group_opened: { username: 'bot' },
  group_requested: { id: 4, title: 'Group', person },
  groups_wait: { count: 3 },
  import_doubtful: { ...file, futureCount: 1, ahead: { id: 6, fileName: 'b.xlsx', stamp: since, zone: null } },
  import_undo_failed: file,
  import_undone: { ...file, restored: 1, forgotten: 2 },
  late_register_empty: { month: '2026-10-01', company: 'Romashka' },
  list_changed: {
    subscriptionId: 8,
    name: 'List',
    left: Array.from({ length: 30 }, () => 'MSKU6011672'),
    back: ['CSQU3054383'],
    changedAt: since,
  },
  mail_deferred: mail,
  mail_refused: mail,
  mail_retried: { ...mail, status: 'refused', files: 0 },
  no_access: { because: 'approval', name: 'Report' },
  picture_empty: { name: 'MSKU6011672' },
  report_empty: { name: 'Report' },
  report_failed: { name: 'Report' },
  reports_stale: { plannedAt: since, zone, sender: 'a@b.example', reportNumber: '7', heardAt: since },
  sending_paused: { reason: 'unclear', since, zone },
  sending_resumed: { since, zone },
  storage_alarm: { name: 'disk-nearly-full', used: 9e9, limit: 10e9 },
  storage_recovered: { name: 'disk-nearly-full' },
  subscriptions_changed: { subscriptions: [{ subscriptionId: 8, name: 'List', changes: ['times', 'removed'] }] },
  template_failed: { subscriptionId: 8, name: 'List', fileName: 'a.xlsx', reason: 'no_numbers' },
  template_stored: { subscriptionId: 8, name: 'List', fileName: 'a.xlsx' },
  workbook_given_back: { ...file, isAdmin: true },
  workbook_refused: file,
  workbook_result: { ...file, status: 'imported', stamp: since, zone, isAdmin: true },
  workbook_waits: { ...file, isOwn: true, rejectedDuplicate: 5 },
}

const reader = (language: Language) => ({ language, zone, now: new Date('2026-06-30T12:00:00Z') })
const stored = (content: Notice): unknown => JSON.parse(JSON.stringify(content))
const sampleOf = (kind: NoticeKind) => stored(notice(kind, samples[kind]))

describe.each(Object.keys(noticeKinds) as NoticeKind[])('a notice %s', (kind) => {
  test('is rendered in each language after it was stored', () => {
    const texts = languages.map((language) => {
      const rendered = renderNotice(sampleOf(kind), reader(language))
      expect(rendered).toMatchObject({ kind: 'rendered', html: expect.stringMatching(/\S/u) })
      return JSON.stringify(rendered)
    })
    expect(new Set(texts).size).toBe(languages.length)
  })

  test('has no Russian in English', () => {
    const english = JSON.stringify(renderNotice(sampleOf(kind), reader('en'))).replaceAll(/МСК/gu, '')
    expect(english).not.toMatch(/\p{Script=Cyrillic}/u)
  })

  test('is rendered with parameters that a later release adds', () => {
    const { params } = notice(kind, samples[kind])
    const later = stored({ kind, params: { ...params, ofTomorrow: { x: 1 } } })
    expect(renderNotice(later, reader('ru'))).toEqual(renderNotice(sampleOf(kind), reader('ru')))
  })
})

test.each([
  ['a kind of another release', { kind: 'trip_late', params: {} }, /knows no kind "trip_late"/],
  ['a kind that is none', { kind: 'constructor', params: {} }, /knows no kind "constructor"/],
  [
    'parameters that its kind does not know',
    { kind: 'groups_wait', params: { count: 'many' } },
    /bad parameters \(count\)/,
  ],
  ['no parameters', { kind: 'groups_wait' }, /bad parameters \(params\)/],
  ['no kind', { params: {} }, /no kind/],
  ['nothing', null, /no kind/],
])('a notice with %s is refused with a reason and throws nothing', (_, row, reason) => {
  expect(renderNotice(row, reader('ru'))).toEqual({ kind: 'unknown', reason: expect.stringMatching(reason) })
})

test('a notice for a reader in a zone that does not exist is refused with a reason and throws nothing', () => {
  const row = { kind: 'sending_resumed', params: { since: '2026-06-30T05:00:00Z', zone: 'Europe/Moscow' } }
  const wrong = { ...reader('ru'), chosenZone: 'X' }
  expect(renderNotice(row, wrong)).toEqual({ kind: 'unknown', reason: expect.stringMatching(/X/) })
})

test('a notice keeps nothing but what its kind declares', () => {
  const row = { ...file, head: [['secret']], contentHash: new Uint8Array(3) }
  const content = notice('workbook_refused', row)
  expect(JSON.stringify(content)).not.toMatch(/secret|contentHash/)
})
