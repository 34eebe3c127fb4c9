import type { unknownDeliveries as ru } from '../../ru/admin/unknown-deliveries.ts'

export const unknownDeliveries: typeof ru = {
  command: 'Messages that failed or may not have arrived',
  none: 'There are none: of everything sent it is known whether it arrived, and nothing failed within a week.',
  title: (count: number) =>
    `❔ <b>May or may not have arrived: ${count}</b>\nThe connection was cut in the middle of sending. Sent again, somebody may get a message twice.`,
  failed: (count: number) => `✖️ <b>Failed within a week: ${count}</b>`,
  status: { unknown: '❔', failed: '✖️' },
  kind: { answer: 'answer', alert: 'alert', report: 'report', broadcast: 'broadcast', code: 'code' },
  email: 'e-mail',
  chat: (id: number) => `chat ${id}`,
  nobody: 'nameless',
  resend: (row: number) => `🔁 ${row}`,
  resendAll: (count: number) => `🔁 Send ${count} again`,
  resent: 'Sending again',
  resentBefore: 'This was sent again before',
  back: '‹ Back',
  forth: 'Next ›',
}
