export const storage = {
  'database-nearly-full': 'База данных почти заполнена',
  'disk-nearly-full': 'На диске с данными почти нет места',
  used: (used: string, limit: string, percent: number) => `Занято ${used} из ${limit} (${percent} %).`,
  databaseHint:
    'Увеличьте диск и DATABASE_LIMIT_GB или сократите сроки хранения (ORIGINALS_KEEP_DAYS, REPORT_KEEP_DAYS).',
  diskHint: 'Освободите место: на полном диске база перестанет принимать данные.',
  over: { 'database-nearly-full': 'В базе данных снова есть запас.', 'disk-nearly-full': 'На диске снова есть место.' },
}
