import { duration, number, plural } from '../words.ts'

export const health = {
  command: 'Здоровье: серверы, службы, очереди, свежесть данных',
  title: (time: string) => `🩺 <b>Здоровье</b>, ${time}`,
  servers: '<b>Серверы</b>',
  services: '<b>Службы</b>',
  sources: '<b>Данные</b>',
  queues: '<b>Очереди</b>',
  names: {
    database: 'База данных',
    redis: 'Redis',
    telegram: 'Telegram',
    mailbox: 'Входящая почта',
    smtp: 'Исходящая почта',
    backup: 'Резервная копия',
  },
  serviceNames: { bot: 'бот', ingester: 'приём файлов', reporter: 'отчёты' } as Readonly<Record<string, string>>,
  ms: (ms: number) => `${number(ms)} мс`,
  failed: 'не работает',
  silent: (ms: number) => `не отвечает ${number(ms / 1000)} с`,
  login: (ms: number) => `вход за ${number(ms)} мс`,
  seen: (seconds: number) => `проверено ${ago(seconds)}`,
  failingSince: (time: string) => `не читается с ${time}`,
  loginRefused: 'сервер не принимает пароль',
  notSet: 'не настроена, или пока ничего не известно',
  databaseSize: (size: string) => `занимает ${size}`,
  schema: (name: string) => `схема ${name}`,
  schemaMissing: (count: number) =>
    `⚠️ схеме не хватает ${count} ${plural(count, { one: 'изменения', few: 'изменений', many: 'изменений' })}`,
  running: (minutes: number) => `работает ${duration(minutes)}`,
  lastSeen: (seconds: number) => `не видно ${span(seconds)}`,
  disk: (free: string, size: string) => `свободно ${free} из ${size}`,
  broken: (parts: string) => `не работает: ${parts}`,
  none: (service: string) => `${service}: не запущено ни одной копии`,
  newest: (time: string, age: string) => `${time}, ${age} назад`,
  noBackups: 'эта система копий не делает',
  noBackupYet: 'ни одна ещё не удалась',
  backupFails: (time: string) => `не удаётся с ${time}`,
  noReports: 'отчётов ещё не было',
  rosters: (count: number) => `Списки поездов (${count})`,
  newestOfAll: (newest: string) => `новый ${newest}`,
  noSources: 'Ни один файл ещё не принят.',
  others: (count: number) => `… и ещё ${count}`,
  waiting: (count: number) => `ждут ${number(count)}`,
  oldest: (age: string) => `самому давнему ${age}`,
  failedJobs: (count: number) => `не удались за неделю ${number(count)}`,
  noWorker: 'никто не разбирает',
  allEmpty: 'Все пусты.',
  othersEmpty: 'Остальные пусты.',
  jobsUnknown: 'Redis не ответил, поэтому видно только то, что ждёт в базе.',
  refresh: '🔄 Обновить',
}

function ago(seconds: number): string {
  return `${span(seconds)} назад`
}

function span(seconds: number): string {
  return seconds < 60 ? `${seconds} с` : duration(Math.floor(seconds / 60))
}
