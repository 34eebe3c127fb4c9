import { formatBytes, type Language } from '@atermtrack/domain'
import type { StorageAlarm } from './decide-storage.ts'

const ru = {
  'database-nearly-full': 'База данных почти заполнена',
  'disk-nearly-full': 'На диске с данными почти нет места',
  used: (used: string, limit: string, percent: number) => `Занято ${used} из ${limit} (${percent} %).`,
  databaseHint:
    'Увеличьте диск и DATABASE_LIMIT_GB или сократите сроки хранения (ORIGINALS_KEEP_DAYS, REPORT_KEEP_DAYS).',
  diskHint: 'Освободите место: на полном диске база перестанет принимать данные.',
  over: { 'database-nearly-full': 'В базе данных снова есть запас.', 'disk-nearly-full': 'На диске снова есть место.' },
}

const en: typeof ru = {
  'database-nearly-full': 'The database is nearly full',
  'disk-nearly-full': 'The disk with the data is nearly full',
  used: (used, limit, percent) => `${used} of ${limit} are used (${percent} %).`,
  databaseHint:
    'Enlarge the disk and DATABASE_LIMIT_GB, or keep data for less long (ORIGINALS_KEEP_DAYS, REPORT_KEEP_DAYS).',
  diskHint: 'Make room: on a full disk the database takes no more data.',
  over: { 'database-nearly-full': 'The database has room again.', 'disk-nearly-full': 'The disk has room again.' },
}

const texts: Readonly<Record<Language, typeof ru>> = { ru, en }

/** What an admin reads, Telegram HTML. */
export function storageAlarmText({ name, used, limit }: StorageAlarm, language: Language): string {
  const words = texts[language]
  const level = words.used(formatBytes(used, language), formatBytes(limit, language), Math.round((used / limit) * 100))
  return [`💽 <b>${words[name]}</b>`, level, name === 'disk-nearly-full' ? words.diskHint : words.databaseHint].join(
    '\n',
  )
}

/** What an admin reads when there is room again. */
export function storageRecoveryText({ name }: StorageAlarm, language: Language): string {
  return `✅ ${texts[language].over[name]}`
}
