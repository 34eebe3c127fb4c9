import { expect, test } from 'vitest'
import { actionsOf, rendered } from '../rendered.test-helper.ts'

const workbook = { id: 12, fileName: '103 <b>.xlsx', kind: 'dislocation' } as const

test.each([
  [{ restored: 1, forgotten: 0 }, '1 контейнер вернулся к прежним данным.'],
  [
    { restored: 22, forgotten: 5 },
    '22 контейнера вернулись к прежним данным; 5 контейнеров больше нет в базе: их знал только этот файл.',
  ],
  [{ restored: 0, forgotten: 1 }, '1 контейнера больше нет в базе: его знал только этот файл.'],
  [{ restored: 0, forgotten: 0 }, 'На положение контейнеров он не влиял.'],
])('tells what became of the containers: %j', (containers, text) => {
  const undone = rendered('import_undone', { ...workbook, ...containers })
  expect(undone.html.split('\n')).toEqual(['↩️ <b>Импорт отменён</b> №12', '📄 103 &lt;b&gt;.xlsx', text])
  expect(actionsOf(undone)).toEqual(['wb-show:12'])
})

test('names the train of a roster, and says that the undo of a failed one continues, in either language', () => {
  const roster = { ...workbook, kind: 'train_roster' } as const
  expect(rendered('import_undone', { ...roster, restored: 0, forgotten: 0 }).html).toContain(
    'Состав поезда снова такой',
  )
  expect(rendered('import_undone', { ...roster, restored: 0, forgotten: 0, hasOtherList: false }).html).toContain(
    'Других списков у поезда нет',
  )
  expect(rendered('import_undone', { ...workbook, restored: 2, forgotten: 1 }, 'en').html).toContain(
    '2 containers have their earlier data back; 1 container is known no more: only this file held it.',
  )
  expect(rendered('import_undo_failed', workbook).html).toContain('⚠️ <b>Импорт пока не отменён</b> №12')
})
