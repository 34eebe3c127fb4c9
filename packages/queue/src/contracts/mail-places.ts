/** The places that `poll-mailbox` looks into. */
export const mailPlaces = { imap: 'imap', dropFolder: 'drop-folder' } as const
