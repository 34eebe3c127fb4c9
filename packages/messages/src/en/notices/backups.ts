import type { backups as ru } from '../../ru/notices/backups.ts'

export const backups: typeof ru = {
  failed: 'The backup has failed',
  overdue: (time) => `There has been no backup for ${time}`,
  last: (moment) => `The last one was made ${moment}.`,
  never: 'None has succeeded yet.',
  failedHint: 'I will try again within two hours at most. To make one now: cli backup create.',
  overdueHint: 'See whether the container backup runs and whether its disk has room.',
  recovered: (moment) => `There is a backup again, made ${moment}.`,
}
