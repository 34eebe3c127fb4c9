import type { sendingPause as ru } from '../../ru/notices/sending-pause.ts'

const reasons = {
  refused: 'Telegram asks to wait (429 to several chats at once, or to the whole bot).',
  unclear: 'several calls in a row ended without a clear answer (cut connections, 5xx).',
  token: "Telegram does not accept the bot's token.",
}

export const sendingPause: typeof ru = {
  subject: 'AtermTrack: messages to Telegram are not leaving',
  text: (reason, since) =>
    `Sending to Telegram has been paused since ${since}: ${reasons[reason]}\n\nThe messages wait and leave by themselves when this is over.`,
}
