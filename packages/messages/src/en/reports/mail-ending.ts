import type { mailEnding as ru } from '../../ru/reports/mail-ending.ts'

export const mailEnding: typeof ru = {
  byReply:
    'You get this message because you confirmed this address in the AtermTrack bot. To opt out, answer it with the one word “stop”, or do so in the bot: /email',
  inBot: 'You get this message because you confirmed this address in the AtermTrack bot. You can opt out there: /email',
  ofList: 'To get no more of these mails, answer this one with the one word “stop”.',
}
