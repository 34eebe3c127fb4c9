import type { deliveryNotes as ru } from '../../ru/chat/delivery-notes.ts'

export const deliveryNotes: typeof ru = {
  late: (when) => `🕓 <i>The answer to your question of ${when}; it could not be sent earlier.</i>`,
  repeat: '🔁 <i>This may be a repeat: it is not known whether the message arrived the first time.</i>',
  resumed: (since) =>
    `📶 <b>Sending works again</b>\nSince ${since} Telegram had given no clear answers, and sending was paused. The messages that may not have arrived: /unknown`,
}
