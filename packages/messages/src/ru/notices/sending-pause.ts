const reasons = {
  refused: 'Telegram просит подождать (ответ 429 сразу нескольким чатам или всему боту).',
  unclear: 'на несколько отправок подряд не было ясного ответа (обрывы связи, ответы 5xx).',
  token: 'Telegram не принимает токен бота.',
}

export const sendingPause = {
  subject: 'AtermTrack: сообщения в Telegram не отправляются',
  text: (reason: keyof typeof reasons, since: string) =>
    `Отправка сообщений в Telegram стоит с ${since}: ${reasons[reason]}\n\nСообщения ждут и уйдут сами, когда это закончится.`,
}
