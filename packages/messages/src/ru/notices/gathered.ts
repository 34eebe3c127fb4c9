import { plural } from '../words.ts'

export const gathered = {
  strangers: (n: number) =>
    `🛑 <b>Ещё ${n} ${plural(n, { one: 'файл', few: 'файла', many: 'файлов' })} от неизвестных отправителей</b>`,
  files: (n: number) => `🛑 <b>Ещё ${n} ${plural(n, { one: 'файл', few: 'файла', many: 'файлов' })} не в данных</b>`,
  mail: (n: number) =>
    `📭 <b>Ещё ${n} ${plural(n, { one: 'письмо не принято', few: 'письма не приняты', many: 'писем не принято' })}</b>`,
  newest: 'Последние',
  open: '📚 Открыть список',
  openMail: '✉️ Открыть письма',
}
