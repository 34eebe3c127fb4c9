import { describe, expect, test } from 'vitest'
import type { View } from '../../routing/view.ts'
import { draftView } from './draft-view.ts'
import type { Progress } from './read-progress.ts'
import { confirmRecallView, confirmStopView, listView, progressView } from './views.ts'

const none = { total: 128, sent: 0, blocked: 0, failed: 0, unknown: 0, cancelled: 0, left: 0, recent: 0 }
const ru = { language: 'ru', zone: 'Asia/Vladivostok' } as const
const sendAt = new Date('2026-12-05T00:00:00Z')

describe('draftView', () => {
  const draft = { id: 7, sendAt: undefined, isSilent: false, revision: 3 }
  const panel = { draft, audience: 'все, у кого есть доступ', count: 128 }

  test('has the number and the revision in the button that sends', () => {
    expect(buttons(draftView(panel, ru))).toEqual([
      ['📣 Отправить 128', 'v1:broadcast-send:7:128:3'],
      ['👥 Кому', 'v1:broadcast-audience:7'],
      ['🕒 Когда', 'v1:broadcast-time:7'],
      ['🔕 Без звука', 'v1:broadcast-sound:7'],
      ['✏️ Изменить', 'v1:broadcast-rewrite:7'],
      ['✖️ Не отправлять', 'v1:broadcast-drop:7'],
    ])
  })

  test('says to whom, when and with which sound', () => {
    expect(draftView(panel, ru).html).toBe(
      [
        '👆 Так это увидят получатели.',
        '',
        '👥 Кому: все, у кого есть доступ — <b>128 человек</b>',
        '🕒 Когда: сразу',
        '🔔 Со звуком, в тихие часы без звука',
      ].join('\n'),
    )
    const later = draftView({ ...panel, draft: { ...draft, sendAt, isSilent: true } }, ru)
    expect(later.html).toContain('🕒 Когда: <b>05.12.2026 10:00 (МСК+7)</b>\n🔕 Без звука')
    expect(buttons(later)[0]).toEqual(['🕒 Запланировать для 128', 'v1:broadcast-send:7:128:3'])
  })

  test('offers no sending without recipients', () => {
    const view = draftView({ ...panel, count: 0 }, ru)
    expect(buttons(view).map(([, data]) => data)).not.toContain('v1:broadcast-send:7:0:3')
    expect(view.html).toContain('её никто не получит')
  })
})

describe('progressView', () => {
  const running: Progress['broadcast'] = {
    id: 7,
    round: 2,
    status: 'sending',
    sendAt: undefined,
    recalledAt: undefined,
    recallEndedAt: undefined,
  }
  const recall = { due: 0, deleted: 0, kept: 0 }
  const view = (broadcast: Partial<Progress['broadcast']>, counts: object = {}, more: Partial<Progress> = {}) =>
    progressView(
      { broadcast: { ...running, ...broadcast }, counts: { ...none, ...counts }, recall, mayRecall: false, ...more },
      ru,
    )
  const around = ['v1:broadcast-open:7', 'v1:broadcast-list:0']

  test('shows the sent, the unsent and the remaining time', () => {
    const counts = { sent: 60, blocked: 2, failed: 1, unknown: 3, left: 62, recent: 20 }
    expect(view({}, counts).html).toBe(
      [
        '📣 <b>Рассылка идёт</b>',
        'Отправлено 60 из 128',
        'Не принимают (заблокировали бота или удалили аккаунт): 2',
        'Не удалось: 1',
        'Неизвестно: 3 (связь оборвалась посреди отправки, сообщение могло дойти)',
        'Осталось: 62, около 2 мин',
      ].join('\n'),
    )
  })

  test('counts nothing before the audience is known, and nothing of a recall that begins', () => {
    expect(view({ status: 'expanding' }, { total: 0 }).html).toBe('📣 <b>Рассылка готовится</b>')
    expect(view({ status: 'done', recalledAt: sendAt }, { sent: 128 }).html).toContain('🗑 Отзываю…')
    const begun = { recall: { ...recall, due: 120, deleted: 8 } }
    expect(view({ status: 'done', recalledAt: sendAt }, { sent: 128 }, begun).html).toContain('удалено 8 из 128')
  })

  test('shows no remaining time while no message leaves', () => {
    expect(view({}, { left: 128 }).html).toContain('Осталось: 128')
    expect(view({}, { left: 128 }).html).not.toContain('около')
  })

  test('can be paused while it runs and resumed while it is paused, but not afterwards', () => {
    const actions = (status: Progress['broadcast']['status']) => buttons(view({ status })).map(([, data]) => data)
    expect(actions('sending')).toEqual(['v1:broadcast-pause:7', 'v1:broadcast-stop:7', ...around])
    expect(actions('paused')).toEqual(['v1:broadcast-resume:7', 'v1:broadcast-stop:7', ...around])
    expect(actions('scheduled')).toEqual(['v1:broadcast-stop:7', ...around])
    expect(actions('done')).toEqual(around)
    expect(actions('expanding')).toEqual(around)
  })

  test('says when it begins, and that it is being prepared once its time has come', () => {
    expect(view({ status: 'scheduled', sendAt }).html).toBe(
      '📣 <b>Рассылка запланирована</b>\nНачнётся <b>05.12.2026 10:00 (МСК+7)</b>',
    )
    expect(view({ status: 'scheduled' }).html).toContain('Рассылка готовится')
  })

  test('leads to the unknown ones, to those not reached and to the recall at the end', () => {
    const end = view({ status: 'done' }, { unknown: 3, blocked: 2, sent: 100 }, { mayRecall: true })
    expect(buttons(end).slice(0, 3)).toEqual([
      ['Показать неизвестные (3)', 'v1:unknown-show:7'],
      ['📄 Кто не получил (5)', 'v1:broadcast-unreached:7'],
      ['🗑 Отозвать', 'v1:broadcast-recall:7'],
    ])
  })

  test('sends again to those it failed for, until it is recalled', () => {
    const again = ['🔁 Отправить ещё раз тем, кто не получил (4)', 'v1:broadcast-again:7:2']
    expect(buttons(view({ status: 'done' }, { failed: 4 }))).toContainEqual(again)
    expect(buttons(view({ status: 'done' }, { blocked: 4 }))).not.toContainEqual(again)
    expect(buttons(view({ status: 'sending' }, { failed: 4 }))).not.toContainEqual(again)
    expect(buttons(view({ status: 'done', recalledAt: sendAt }, { failed: 4 }))).not.toContainEqual(again)
  })

  test('shows how far the recall is', () => {
    const counts = { due: 5, deleted: 3, kept: 2 }
    const recalledAt = sendAt
    expect(view({ status: 'done', recalledAt }, {}, { recall: counts }).html).toContain(
      '🗑 Отзываю: удалено 3 из 10\nУдалить не удалось: 2',
    )
    const over = { status: 'done', recalledAt, recallEndedAt: sendAt } as const
    expect(view(over, {}, { recall: { due: 0, deleted: 10, kept: 0 } }).html).toContain('🗑 Отозвана: удалено 10 из 10')
  })
})

test('the question before cancelling names the number that is left out', () => {
  expect(buttons(confirmStopView({ id: 7, status: 'paused' }, 57, 'ru'))[0]).toEqual([
    'Не отправлять 57',
    'v1:broadcast-cancel:7',
  ])
  expect(buttons(confirmStopView({ id: 7, status: 'scheduled' }, 0, 'ru'))).toEqual([
    ['Не отправлять', 'v1:broadcast-cancel:7'],
    ['‹ Назад', 'v1:broadcast-open:7'],
  ])
})

test('the question before a recall names the number of messages', () => {
  expect(buttons(confirmRecallView(7, 120, 'ru'))[0]).toEqual(['Удалить у 120', 'v1:broadcast-recall-yes:7:120'])
})

test('the list shows state, time and beginning of each broadcast', () => {
  const row = { id: 7, status: 'done', text: '<b>Окно</b> на Транссибе\nв субботу и воскресенье', createdAt: sendAt }
  const page = { rows: [row as never, { ...row, id: 6, text: '', recalledAt: sendAt } as never], page: 0, pages: 2 }
  const view = listView('Голова', page, ru)
  expect(view.html).toBe('Голова\n\nПоследние рассылки:')
  expect(buttons(view)).toEqual([
    ['✅ завершена · 05.12.2026 10:00 · Окно на Транссибе в субб…', 'v1:broadcast-open:7'],
    ['🗑 отозвана · 05.12.2026 10:00 · без текста', 'v1:broadcast-open:6'],
    ['1/2', 'v1:broadcast-list:0'],
    ['›', 'v1:broadcast-list:1'],
  ])
})

function buttons({ keyboard }: View) {
  return keyboard.inline_keyboard
    .flat()
    .map((button) => [button.text, 'callback_data' in button && button.callback_data])
}
