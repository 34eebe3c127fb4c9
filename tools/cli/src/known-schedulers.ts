/** Ids of the schedulers that the services of this release keep. A test compares them with the services. */
export const knownSchedulers: readonly string[] = [
  'poll-mail',
  'poll-mail-for-terminal',
  'look-into-drop-folder',
  'watch-feeds',
  'dispatch-due-reports',
  'sweep-pending',
  'housekeeping',
]
