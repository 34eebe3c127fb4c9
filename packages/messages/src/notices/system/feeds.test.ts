import { expect, test } from 'vitest'
import { rendered } from '../rendered.test-helper.ts'

const zone = 'Asia/Vladivostok'
const failingSince = new Date('2025-09-19T04:30:00Z')

test('names times with their zone and shows the answer of the server unchanged', () => {
  const lastArrivedAt = new Date('2025-09-18T09:30:00Z')
  const silent = { name: 'dislocation-silent', lastArrivedAt, quietMinutes: 450 } as const
  expect(rendered('feed_alarm', { zone, alarm: silent }).html).toMatch(
    /7 ч 30 мин рабочего времени[^]*18\.09\.2025 19:30 МСК\+7/,
  )
  const away = { name: 'mailbox-out-of-reach', failingSince, error: '<BYE> & gone' } as const
  expect(rendered('feed_alarm', { zone, alarm: away }).html).toMatch(
    /19\.09\.2025 14:30 МСК\+7[^]*<code>&lt;BYE&gt; &amp; gone<\/code>/,
  )
  const recovery = { name: 'dislocation-silent', lastArrivedAt: failingSince } as const
  expect(rendered('feed_recovered', { zone, recovery }).html).toContain('19.09.2025 14:30 МСК+7')
})

test('a feed that never came, and a proxy that refuses the login, are named', () => {
  expect(rendered('feed_alarm', { zone, alarm: { name: 'dislocation-silent', quietMinutes: 1 } }).html).toContain(
    'Ни одного отчёта ещё не приходило',
  )
  const alarm = { name: 'mailbox-out-of-reach', failingSince, isProxyRefusal: true } as const
  expect(rendered('feed_alarm', { zone, alarm }).html).toContain('Прокси-сервер не принимает логин или пароль')
})
