import { expect, test } from 'vitest'
import type { TerminalSheetKind } from './terminal-columns.ts'
import { conditionOf } from './visit-condition.ts'

const said = (sheet: TerminalSheetKind | undefined, cargo?: string, condition?: string, customsMode?: string) => {
  const { isLoaded, isDamaged, isAtCustoms } = conditionOf({ sheet, cargo, condition, customsMode })
  return [isLoaded, isDamaged, isAtCustoms]
}

test('a sheet says more than the cells of its rows', () => {
  expect(said('empty', 'Груженый', 'Без повреждений', 'импорт')).toEqual([false, false, false])
  expect(said('loaded', undefined, 'Поврежден', 'внутренняя')).toEqual([true, true, false])
  expect(said('damaged', 'Порожний', 'Без повреждений')).toEqual([false, true, false])
  expect(said('customs', 'Груженый')).toEqual([true, undefined, true])
})

test('without such a sheet the cells say it, and a blank cell says nothing', () => {
  expect(said('containers', 'Порожний', 'Без повреждений', 'импорт')).toEqual([false, false, true])
  expect(said(undefined, 'Бытовая техника', 'дефект стенки', 'Внутренняя')).toEqual([true, true, false])
  expect(said('arrival', 'Груженый', undefined, 'импорт')).toEqual([true, undefined, undefined])
  expect(said('containers')).toEqual([undefined, undefined, undefined])
})
