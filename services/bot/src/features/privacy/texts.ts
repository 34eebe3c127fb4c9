import type { AccessWait, Person, PersonalDataCounts } from '@atermtrack/data'
import { pluralRu } from '@atermtrack/domain'

const recordsRu = (n: number) => `${n} ${pluralRu(n, 'запись', 'записи', 'записей')}`
const recordsEn = (n: number) => `${n} ${n === 1 ? 'record' : 'records'}`

const ru = {
  command: 'Что хранит бот',
  privacy: [
    '🔒 <b>Что я храню о вас</b>',
    '• Telegram-id, имя, имя пользователя, язык: чтобы узнавать вас и отвечать;',
    '• настройки: язык, часовой пояс, тихие часы, вид карточки;',
    '• просьбу о доступе, что вы о себе написали, кто и когда решил, роль и компанию;',
    '• сообщения и нажатия, как их прислал Telegram: 14 дней, для разбора сбоев;',
    '• о каких контейнерах и когда вы спрашивали: год;',
    '• шаг диалога, в котором вы находитесь;',
    '• подписки, готовые отчёты (файлы 90 дней) и отметки об отправке сообщений вам;',
    '• присланные вами файлы и чем кончилась их загрузка; данные отчётов из них попадают в общую картину;',
    '• адрес e-mail, если вы его указали (копии отчётов администратор может направить и на общий адрес);',
    '• ваши рассылки и записи журнала: кто, что и когда изменил.',
    '',
    'Сроки указаны по умолчанию: администратор может задать другие. Видят эти данные только администраторы системы.',
  ].join('\n'),
  export: '📤 Мои данные файлом',
  erase: '🗑 Удалить мои данные',
  preparing: 'Готово, файл сейчас придёт',
  sentJustNow: 'Файл уже отправлен. Новый можно попросить через 10 минут',
  fileName: (date: string) => `Мои данные ${date}.json`,
  caption: (when: string) =>
    `📤 Всё, что я храню о вас, на ${when}. Это текстовый файл JSON, его открывает любой редактор.`,
  endOfAccess: {
    none: '',
    requested: 'Ваша просьба о доступе тоже будет удалена, её никто не рассмотрит.',
    granted: 'Доступ закончится: если его выдаёт администратор, просить придётся заново.',
    denied: '',
  } satisfies Record<Person['access'], string>,
  keptAWhile: '<b>Останется ещё на время:</b>',
  keptAccount: {
    requested:
      'ваш Telegram-id и время последней просьбы. Через сутки после неё можно просить снова, и ближайшей ночью я их удалю.',
    denied:
      'ваш Telegram-id и время отказа: удаление его не отменяет. Через сутки после него можно просить снова, а через год я их удалю.',
  } satisfies Record<AccessWait['access'], string>,
  askErase: (counts: PersonalDataCounts, endOfAccess: string, keptAccount: readonly string[]) =>
    [
      '🗑 <b>Удалить ваши данные?</b>',
      'Вернуть их будет нельзя.',
      '',
      '<b>Удалю сразу:</b>',
      '• имя, имя пользователя, Telegram-id, все настройки и открытый диалог;',
      `• подписки: ${counts.subscriptions}, вопросы: ${counts.questions}, отчёты: ${counts.reports};`,
      `• сообщения боту: ${counts.messages}, присланные файлы: ${counts.documents}, адреса e-mail: ${counts.emailAddresses};`,
      `• тексты и адресат отправленных сообщений: ${counts.deliveries}.`,
      [endOfAccess, 'Что ещё не отправлено, не уйдёт.'].filter(Boolean).join(' '),
      '',
      ...keptAccount,
      '<b>Останется без вашего имени:</b>',
      `• записи журнала о ваших действиях: ${counts.actions}, под внутренним номером: по ним видно, почему изменились общие данные;`,
      '• отчёты, которые вы прислали для загрузки, и тексты ваших рассылок: их читают другие;',
      '• счёт отправленных сообщений и отчётов, без текстов.',
      '',
      'Не могу удалить то, что уже пришло в Telegram и на почту вам и администраторам, и старые резервные копии базы.',
    ].join('\n'),
  confirm: (records: number) => `Да, удалить: ${recordsRu(records)}`,
  back: '‹ Назад',
  erased: '🗑 Ваши данные удалены.',
  farewell: 'Если понадоблюсь снова, напишите /start.',
}

const en: typeof ru = {
  command: 'What the bot stores',
  privacy: [
    '🔒 <b>What I store about you</b>',
    '• Telegram id, name, username, language: to know you and to answer;',
    '• settings: language, time zone, quiet hours, what the card shows;',
    '• your request for access, what you wrote about yourself, who decided and when, your role and company;',
    '• messages and presses as Telegram sent them: 14 days, to look into failures;',
    '• which containers you asked about and when: a year;',
    '• the step of the dialog that you are in;',
    '• subscriptions, finished reports (files for 90 days) and what was sent to you when;',
    '• files that you sent, and how their import ended; what reports say goes into the common picture;',
    '• your e-mail address, if you gave one (an administrator may have copies of reports sent to a common one);',
    '• your broadcasts, and the record of who changed what and when.',
    '',
    'These terms are the usual ones: the administrator may set others. Only administrators of the system see these data.',
  ].join('\n'),
  export: '📤 My data as a file',
  erase: '🗑 Erase my data',
  preparing: 'Done, the file is on its way',
  sentJustNow: 'The file was sent already. A new one can be had in 10 minutes',
  fileName: (date: string) => `My data ${date}.json`,
  caption: (when: string) => `📤 Everything I store about you, as of ${when}. It is a JSON text; any editor opens it.`,
  endOfAccess: {
    none: '',
    requested: 'Your request for access is erased too, nobody will decide on it.',
    granted: 'Your access ends: where an administrator grants it, it must be asked for anew.',
    denied: '',
  },
  keptAWhile: '<b>Kept a while longer:</b>',
  keptAccount: {
    requested:
      'your Telegram id and the time of your last request. A day after it you may ask again, and the next night I erase them.',
    denied:
      'your Telegram id and the time you were declined: erasing does not undo that. A day after it you may ask again, and after a year I erase them.',
  },
  askErase: (counts: PersonalDataCounts, endOfAccess: string, keptAccount: readonly string[]) =>
    [
      '🗑 <b>Erase your data?</b>',
      'They cannot be brought back.',
      '',
      '<b>Erased at once:</b>',
      '• name, username, Telegram id, all settings and the open dialog;',
      `• subscriptions: ${counts.subscriptions}, questions: ${counts.questions}, reports: ${counts.reports};`,
      `• messages to the bot: ${counts.messages}, files you sent: ${counts.documents}, e-mail addresses: ${counts.emailAddresses};`,
      `• texts and addressee of messages sent: ${counts.deliveries}.`,
      [endOfAccess, 'What has not been sent yet will not leave.'].filter(Boolean).join(' '),
      '',
      ...keptAccount,
      '<b>Kept without your name:</b>',
      `• the record of what you did: ${counts.actions}, under an internal number: it tells why common data changed;`,
      '• reports that you sent to be imported, and texts of your broadcasts: others read them;',
      '• how many messages and reports were sent, without their texts.',
      '',
      'I cannot erase what has come to you and to administrators in Telegram and by mail, nor old backups of the database.',
    ].join('\n'),
  confirm: (records: number) => `Yes, erase ${recordsEn(records)}`,
  back: '‹ Back',
  erased: '🗑 Your data are erased.',
  farewell: 'If you need me again, write /start.',
}

export const texts = { ru, en }
