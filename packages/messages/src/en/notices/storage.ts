import type { storage as ru } from '../../ru/notices/storage.ts'

export const storage: typeof ru = {
  'database-nearly-full': 'The database is nearly full',
  'disk-nearly-full': 'The disk with the data is nearly full',
  used: (used, limit, percent) => `${used} of ${limit} are used (${percent} %).`,
  databaseHint:
    'Enlarge the disk and DATABASE_LIMIT_GB, or keep data for less long (ORIGINALS_KEEP_DAYS, REPORT_KEEP_DAYS).',
  diskHint: 'Make room: on a full disk the database takes no more data.',
  over: { 'database-nearly-full': 'The database has room again.', 'disk-nearly-full': 'The disk has room again.' },
}
