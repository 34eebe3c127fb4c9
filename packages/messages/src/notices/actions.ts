/** The actions of the bot that buttons of notices ask for. A test of the bot compares them with those that its features handle. */
export const noticeActions = [
  'access-deny',
  'access-grant',
  'email-again',
  'email-resume',
  'grp-allow',
  'grp-deny',
  'late-order',
  'sub-accept',
  'sub-decline',
  'sub-put-back',
  'sub-view',
  'unknown-show',
  'wb-accept',
  'wb-annotate',
  'wb-file',
  'wb-mail',
  'wb-mail-again',
  'wb-open',
  'wb-reject',
  'wb-show',
  'wb-station',
  'wb-teach',
  'wb-undo',
] as const

export type NoticeAction = (typeof noticeActions)[number]
