const ru = {
  late: (when: string) => `🕓 <i>Ответ на вопрос от ${when}, раньше отправить не удалось.</i>`,
  repeat: '🔁 <i>Возможно, это повтор: неизвестно, дошло ли сообщение в первый раз.</i>',
  resumed: (since: string) =>
    `📶 <b>Отправка снова работает</b>\nС ${since} Telegram не давал ясных ответов, и отправка сообщений стояла. О чём неизвестно, дошло ли оно: /unknown`,
}

const en: typeof ru = {
  late: (when) => `🕓 <i>The answer to your question of ${when}; it could not be sent earlier.</i>`,
  repeat: '🔁 <i>This may be a repeat: it is not known whether the message arrived the first time.</i>',
  resumed: (since) =>
    `📶 <b>Sending works again</b>\nSince ${since} Telegram had given no clear answers, and sending was paused. What may or may not have arrived: /unknown`,
}

export const texts = { ru, en }
