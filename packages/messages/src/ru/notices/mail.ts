import { plural } from '../words.ts'

export const mailReasons = {
  too_big: 'письмо больше, чем разрешено принимать (MAIL_MAX_MESSAGE_MB)',
  too_many_attachments: 'в письме слишком много вложений (MAIL_MAX_ATTACHMENTS)',
  unreadable_message: 'письмо устроено так, что его не удаётся разобрать',
  uuencoded: 'файл вложен устаревшим способом (uuencode): попросите прислать его обычным вложением',
  not_handed_out: 'почтовый сервер не отдаёт это письмо',
  stranger_quota:
    'от неизвестных отправителей сегодня пришло слишком много, файлы не сохранены (STRANGER_MAX_FILES, STRANGER_MAX_MB)',
  download_cut: 'загрузка письма каждый раз обрывается',
  taking_failed: 'письмо не удаётся сохранить из-за ошибки на нашей стороне',
  reader_died: 'чтение письма несколько раз обрывалось',
  gone: 'письма больше нет в ящике',
  no_attachments: 'в письме нет вложений',
}

export const mailNotices = {
  refused: 'Письмо не принято',
  refusedAgain: 'Письмо снова не принято',
  deferred: 'Письмо пока не скачивается',
  goesOn: 'Остальные письма принимаются, а это пробую забрать снова: сначала часто, потом раз в час.',
  taken: 'Письмо принято',
  files: (n: number) =>
    `Файлов в нём: ${n}. ${plural(n, { one: 'Он читается', few: 'Они читаются', many: 'Они читаются' })} как обычно.`,
  reason: 'Причина',
  unknownSender: 'отправитель неизвестен',
  sizeOf: (size: string) => `Размер: ${size}`,
  show: '👁 Показать',
  tryAgain: '🔁 Попробовать ещё раз',
}
