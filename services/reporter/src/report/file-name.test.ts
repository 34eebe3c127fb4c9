import type { WallTime } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { reportFileName } from './file-name.ts'

const wall = '2026-11-22T09:00:00' as WallTime

test('a file is named by what it holds and when', () => {
  expect(reportFileName('Дислокация', 'Новосибирск', wall)).toBe('Дислокация Новосибирск 22.11.2026 09-00.xlsx')
  expect(reportFileName('Дислокация', undefined, wall)).toBe('Дислокация 22.11.2026 09-00.xlsx')
})

test('a file name has no character that a file system or a header refuses', () => {
  const name = reportFileName('Дислокация', '../../etc: "a"\r\n<b>|*?\\ \u202Egpj', wall)
  expect(name).toBe('Дислокация .. .. etc a b gpj 22.11.2026 09-00.xlsx')
})

test('a file name of at most 100 characters keeps its time and does not cut a character', () => {
  const name = reportFileName('Дислокация', '🚂'.repeat(60), wall)
  expect(name.length).toBeLessThanOrEqual(100)
  expect(name).not.toMatch(/\p{Cs}/u)
  expect(name).toMatch(/ 22\.11\.2026 09-00\.xlsx$/)
})
