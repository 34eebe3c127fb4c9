import { describe, expect, test } from 'vitest'
import type { View } from '../../routing/view.ts'
import { confirmStopView, previewView, progressView } from './views.ts'

const none = { total: 128, sent: 0, blocked: 0, failed: 0, unknown: 0, cancelled: 0, left: 0, recent: 0 }

describe('previewView', () => {
  test('has the number in the button that sends', () => {
    expect(buttons(previewView(7, 128, 'ru'))).toEqual([
      ['📣 Отправить 128', 'v1:broadcast-send:7:128'],
      ['✏️ Изменить', 'v1:broadcast-rewrite:7'],
      ['✖️ Не отправлять', 'v1:broadcast-drop:7'],
    ])
  })

  test('offers no sending without recipients', () => {
    expect(buttons(previewView(7, 0, 'ru')).map(([, data]) => data)).not.toContain('v1:broadcast-send:7:0')
  })
})

describe('progressView', () => {
  const running = { id: 7, status: 'sending', language: 'ru' } as const

  test('shows the sent, the unsent and the remaining time', () => {
    const counts = { ...none, sent: 60, blocked: 2, failed: 1, unknown: 3, left: 62, recent: 20 }
    expect(progressView(running, counts).html).toBe(
      [
        '📣 <b>Рассылка идёт</b>',
        'Отправлено 60 из 128',
        'Недоступны (заблокировали бота или удалились): 2',
        'Не удалось: 1',
        'Неизвестно: 3 — связь оборвалась посреди отправки, сообщение могло дойти',
        'Осталось: 62, около 2 мин',
      ].join('\n'),
    )
  })

  test('shows no remaining time while no message leaves', () => {
    expect(progressView(running, { ...none, left: 128 }).html).toContain('Осталось: 128')
    expect(progressView(running, { ...none, left: 128 }).html).not.toContain('около')
  })

  test('can be paused while it runs and resumed while it is paused, but not afterwards', () => {
    const actions = (status: 'sending' | 'paused' | 'done' | 'expanding') =>
      buttons(progressView({ ...running, status }, none)).map(([, data]) => data)
    expect(actions('sending')).toEqual(['v1:broadcast-pause:7', 'v1:broadcast-stop:7'])
    expect(actions('paused')).toEqual(['v1:broadcast-resume:7', 'v1:broadcast-stop:7'])
    expect(actions('done')).toEqual([])
    expect(actions('expanding')).toEqual([])
  })

  test('leads to the unknown ones at the end', () => {
    const view = progressView({ ...running, status: 'done' }, { ...none, unknown: 3 })
    expect(buttons(view)).toEqual([['Показать неизвестные (3)', 'v1:unknown-show:7']])
  })
})

test('the question before cancelling names the number that is left out', () => {
  const view = confirmStopView({ id: 7, status: 'paused', language: 'ru' }, 57)
  expect(buttons(view)[0]).toEqual(['Не отправлять 57', 'v1:broadcast-cancel:7'])
})

function buttons({ keyboard }: View) {
  return keyboard.inline_keyboard
    .flat()
    .map((button) => [button.text, 'callback_data' in button && button.callback_data])
}
