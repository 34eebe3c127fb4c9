import { plural } from '../words.ts'

/** What `npm start` prints. */
export const launcher = {
  table: { part: 'Часть', from: 'Откуда', where: 'Где' },
  parts: { mail: 'Почта', redis: 'Redis', postgres: 'PostgreSQL', smtp: 'SMTP', telegram: 'Telegram' },
  from: {
    environment: 'настройки',
    embedded: 'встроено',
    sandbox: 'песочница',
    simulated: 'имитация',
    off: 'выключено',
    process: 'процесс',
  },
  filesIn: (place: string, folder: string) => `${place}, файлы в ${folder}`,
  folder: (path: string) => `папка ${path}`,
  chatPage: (url: string) => `страница чата ${url}`,
  healthChecks: (url: string) => `проверка состояния ${url}`,
  droppedAtEnd: (place: string) => `${place}, удаляется в конце`,
  keysRemoved: (place: string, keys: string) => `${place}, ключи ${keys} удаляются в конце`,
  noSmtp: 'отчёты по почте: задайте SMTP_SERVER',
  reading: (done: number, all: number) => `Читаю файлы отчётов: ${done} из ${all}`,
  ready: 'Готово.',
  page: 'Чат с ботом',
  admin: 'Администратор',
  administers: (name: string) => `${name}: решает о доступе, компаниях и файлах`,
  noAdmin: 'никто, задайте ADMIN_CHAT_ID',
  colleague: 'С доступом',
  asks: (name: string) => `${name}: видит все контейнеры`,
  stranger: 'Без доступа',
  requests: (name: string, admin: string) => `${name}: запросите доступ, открыть его может ${admin}`,
  files: 'Файлы',
  filesRead: (count: number, waiting: number, command: string) =>
    `прочитано ${count}${waiting > 0 ? `, ${waiting} ${plural(waiting, { one: 'ждёт', few: 'ждут', many: 'ждут' })} решения администратора: ${command}` : ''}`,
  tryThis: 'Попробуйте написать боту:',
  tries: {
    container: 'где контейнер',
    train: 'где поезд и что в нём',
    question: 'вопрос своими словами',
    start: 'что ещё можно',
  },
  commandLine: 'Командная строка: npm run cli -- --help (в другом окне)',
  stops: 'Ctrl-C останавливает всё, данные и чаты остаются в var/.',
  stopped: 'Всё остановлено.',
  logs: 'Записи служб в этом окне: LOG_LEVEL=info npm start',
  isRunning: (address: string, pid: number) =>
    `AtermTrack уже работает: ${address} (процесс ${pid}). Остановить: Ctrl-C в его окне или kill ${pid}`,
}
