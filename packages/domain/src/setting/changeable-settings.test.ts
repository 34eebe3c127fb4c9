import { expect, test } from 'vitest'
import {
  findSettingName,
  isRiskyChange,
  settingGroups,
  settingNames,
  settingOf,
  tidySetting,
} from './changeable-settings.ts'

test('every group has a setting', () => {
  expect(new Set(settingNames.map((name) => settingOf(name).group))).toEqual(new Set(settingGroups))
})

test('a name is one of the list exactly', () => {
  expect(['STALE_AFTER_HOURS', 'stale_after_hours', 'BOT_TOKEN', 'toString', ''].map(findSettingName)).toEqual([
    'STALE_AFTER_HOURS',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test.each([
  ['DISLOCATION_SENDERS', '@rail.example', true],
  ['TERMINAL_FILES', '*', true],
  ['SCHEDULE_TIMEZONE', 'Europe/Moscow', true],
  ['LIMIT_QUESTIONS_PER_MINUTE', '4', true],
  ['LIMIT_QUESTIONS_PER_MINUTE', '5', false],
  ['STALE_AFTER_HOURS', '1', false],
] as const)('%s=%s is risky: %s', (name, value, isRisky) => {
  expect(isRiskyChange(name, value)).toBe(isRisky)
})

test.each([
  ['DISLOCATION_SENDERS', ' a@b.example\n@c.example; d@e.example,, ', 'a@b.example, @c.example, d@e.example'],
  ['TERMINAL_FREE_DAYS', 'ВСК;40;Селятино=7:1500\n*;*;*=5', 'ВСК;40;Селятино=7:1500, *;*;*=5'],
  ['GREETING_RU', '\nПривет, {name}!\n\nЯ бот, а вы?\n', 'Привет, {name}!\n\nЯ бот, а вы?'],
  ['STALE_AFTER_HOURS', ' 8\n', '8'],
] as const)('%s is stored tidily', (name, typed, stored) => {
  expect(tidySetting(name, typed)).toBe(stored)
})
