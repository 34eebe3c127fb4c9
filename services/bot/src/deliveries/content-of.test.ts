import { notice } from '@atermtrack/messages'
import { expect, test } from 'vitest'
import { contentOf } from './content-of.ts'

const reader = { language: 'ru', zone: undefined } as unknown as Parameters<typeof contentOf>[0]['reader']

test.each([
  ['access_granted', 'admin', true],
  ['access_granted', 'operator', false],
  ['access_changed', 'admin', true],
  ['access_changed', 'viewer', false],
] as const)('%s as %s brings the menu that goes with the role', (kind, role, hasAdmin) => {
  const content = contentOf(
    { notice: notice(kind, { role, companyName: null }) as never, text: undefined, markup: undefined, reader },
    'Asia/Vladivostok',
    new Date(),
  )
  expect(JSON.stringify(content).includes('🛠 Управление"')).toBe(hasAdmin)
  expect(JSON.stringify(content)).toContain('📦 Дислокация')
})
