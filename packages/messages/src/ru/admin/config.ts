import type { SettingForm, SettingGroup, SettingName } from '@atermtrack/domain'
import { bold, code } from '../../format/html.ts'
import { number } from '../words.ts'

const groups: Readonly<Record<SettingGroup, string>> = {
  senders: '📨 Отправители и файлы',
  thresholds: '📏 Пороги',
  times: '🕘 Время',
  limits: '🚦 Ограничения',
  greeting: '👋 Приветствие',
}

const titles: Readonly<Record<SettingName, string>> = {
  DISLOCATION_SENDERS: 'Кто присылает дислокацию',
  TERMINAL_SENDERS: 'Кто присылает отчёты терминала',
  ROSTER_SENDERS: 'Кто присылает списки поездов',
  DISLOCATION_FILES: 'Имена файлов дислокации',
  TERMINAL_FILES: 'Имена файлов терминала',
  ROSTER_FILES: 'Имена файлов со списками поездов',
  STALE_AFTER_HOURS: 'Данные устарели, ч',
  STANDING_AFTER_HOURS: 'Контейнер стоит, ч',
  LONG_IDLE_HOURS: 'Долгий простой, ч',
  FORECAST_MOVED_HOURS: 'Прогноз сдвинулся, ч',
  FEED_SILENT_HOURS: 'Нет дислокации, ч',
  IMAP_DOWN_MINUTES: 'Почта недоступна, мин',
  TERMINAL_FREE_DAYS: 'Бесплатное хранение',
  REPORT_WAIT_MINUTES: 'Отчёт ждёт данных, мин',
  OFFERED_TIMES: 'Время отчётов на кнопках',
  FEED_WORK_HOURS: 'Рабочие часы',
  SCHEDULE_TIMEZONE: 'Часовой пояс расписания',
  MAIL_POLL_MINUTES: 'Проверка почты, мин',
  CLAIM_PERIOD_DAYS: 'Срок претензии, сут',
  LIMIT_QUESTIONS_PER_MINUTE: 'Вопросов в минуту',
  LIMIT_STRANGER_QUESTIONS_PER_MINUTE: 'Вопросов без доступа в минуту',
  LIMIT_GROUP_QUESTIONS_PER_MINUTE: 'Вопросов группы в минуту',
  LIMIT_FILES_PER_HOUR: 'Файлов в час',
  LIMIT_FILE_MB_PER_DAY: 'Мегабайт файлов в сутки',
  ALERTS_PER_HOUR: 'Уведомлений в час',
  UNKNOWN_GROUP_DAYS: 'Бот ждёт в группе, сут',
  GREETING_RU: 'Приветствие по-русски',
  GREETING_EN: 'Приветствие по-английски',
}

const about: Readonly<Record<SettingName, string>> = {
  DISLOCATION_SENDERS: 'Дислокация с этих адресов загружается сама, с остальных ждёт решения администратора.',
  TERMINAL_SENDERS: 'Отчёты терминала с этих адресов загружаются сами, с остальных ждут решения.',
  ROSTER_SENDERS: 'Списки поездов с этих адресов загружаются сами, с остальных ждут решения.',
  DISLOCATION_FILES: 'Дислокация из почты с другим именем файла ждёт решения администратора.',
  TERMINAL_FILES: 'Отчёт терминала из почты с другим именем файла ждёт решения администратора.',
  ROSTER_FILES: 'Список поезда из почты с другим именем файла ждёт решения администратора.',
  STALE_AFTER_HOURS: 'Через столько часов ответы предупреждают, что данные старые, а отчёты ждут новых.',
  STANDING_AFTER_HOURS: 'Контейнер без новых операций столько часов считается стоящим.',
  LONG_IDLE_HOURS:
    'Через столько часов без операций в пути приходит событие «долгий простой»; действует с ближайшей загрузки.',
  FORECAST_MOVED_HOURS: 'О новом прогнозе сообщаем, когда прибытие сдвинулось хотя бы на столько часов.',
  FEED_SILENT_HOURS: 'Через столько рабочих часов без дислокации администраторы получают тревогу.',
  IMAP_DOWN_MINUTES: 'Через столько минут без связи с почтой администраторы получают тревогу.',
  TERMINAL_FREE_DAYS:
    'Сколько суток терминал хранит бесплатно и сколько рублей в сутки берёт потом: терминал, размер, направление.',
  REPORT_WAIT_MINUTES: 'Если к сроку отчёта данные старые, он ждёт новых не дольше этого.',
  OFFERED_TIMES: 'Эти часы бот предлагает кнопками, когда человек настраивает отчёты.',
  FEED_WORK_HOURS: 'Только в эти часы молчание источника считается тревогой.',
  SCHEDULE_TIMEZONE:
    'По этому поясу живут новые подписки тех, кто свой пояс не выбрал; старые подписки остаются в своём.',
  MAIL_POLL_MINUTES: 'Как часто смотреть в почту, даже если сервер не сообщил о письме.',
  CLAIM_PERIOD_DAYS: 'Сколько суток после прибытия можно предъявить претензию за просрочку.',
  LIMIT_QUESTIONS_PER_MINUTE:
    'Сколько сообщений и нажатий в минуту можно человеку с доступом; администраторам впятеро больше.',
  LIMIT_STRANGER_QUESTIONS_PER_MINUTE: 'Сколько сообщений и нажатий в минуту можно человеку без доступа.',
  LIMIT_GROUP_QUESTIONS_PER_MINUTE: 'Сколько сообщений и нажатий в минуту можно всей группе вместе.',
  LIMIT_FILES_PER_HOUR: 'Сколько файлов в час можно прислать боту.',
  LIMIT_FILE_MB_PER_DAY: 'Сколько мегабайт файлов в сутки можно прислать боту.',
  ALERTS_PER_HOUR: 'Сколько сообщений о событиях в час получает человек; остальные собираются в одно.',
  UNKNOWN_GROUP_DAYS: 'Через столько суток бот выходит из группы, которую никто не разрешил.',
  GREETING_RU: 'Ответ на /start вместо обычного; {name} заменяется именем.',
  GREETING_EN: 'Ответ на /start тем, кто выбрал английский; {name} заменяется именем.',
}

/** The smallest and the largest number that a setting takes. */
export interface SettingRange {
  readonly from: number
  readonly until: number
}

const hints: Readonly<Record<SettingForm, (range: SettingRange | undefined) => string>> = {
  addresses: () => 'Пришлите адреса через запятую или по одному в строке; <code>@rzd.ru</code> означает весь домен.',
  file_patterns: () =>
    'Пришлите имена через запятую; <code>*</code> заменяет любые знаки, <code>?</code> один. Например <code>*дислокац*.xls*</code>.',
  free_days: () =>
    'Пришлите правила по одному в строке: терминал;размер;направление=сутки:рубли, <code>*</code> значит «любой». Например <code>ВСК;40;Селятино=7:1500</code>.',
  greeting: () =>
    'Пришлите текст до 1500 знаков, без разметки. Вместо <code>{name}</code> встанет имя, не больше пяти раз.',
  hours: () => 'Пришлите часы, например <code>08:00-20:00</code>.',
  number: (range) =>
    range ? `Пришлите целое число от ${number(range.from)} до ${number(range.until)}.` : 'Пришлите целое число.',
  times: () => 'Пришлите время отчётов через запятую, от одного до шести, например <code>09:00, 16:00</code>.',
  zone: () => 'Пришлите часовой пояс, например <code>Asia/Vladivostok</code>.',
}

export const config = {
  command: 'Настройки бота',
  title: '⚙️ <b>Настройки бота</b>\nИзменения действуют сразу, перезапуск не нужен.',
  unknown: (names: string) => `⚠️ Сохранены настройки другой версии, я их не трогаю: ${names}`,
  unfit: (names: string) => `⚠️ Сохранённое значение больше не подходит, действует исходное: ${names}`,
  groups,
  titles,
  about,
  hints,
  none: 'не задано',
  /** Marks a setting that an admin has changed, on its button. */
  changedSign: '✏️',
  unfitSign: '⚠️',
  valueNow: (value: string) => `Сейчас: ${value}`,
  standard: (value: string) => `Исходное: ${value}`,
  unfitValue: (value: string) => `⚠️ Сохранено, но не подходит этой версии: ${value}`,
  changedBy: (who: string, when: string) => `Изменено: ${who}, ${when}`,
  resetBy: (who: string, when: string) => `Возвращено к исходному: ${who}, ${when}`,
  somebodyGone: 'человек, чьи данные стёрты',
  commandLine: (command: string) => `командная строка (${command})`,
  buttons: {
    change: '✏️ Изменить',
    reset: '↩️ Вернуть исходное',
    history: '🕘 История',
    back: '‹ Назад',
    confirm: '✅ Да, изменить',
    keep: '✖️ Оставить как есть',
  },
  refused: (hint: string) => `Так не подойдёт. ${hint}`,
  saved: 'Сохранено',
  same: 'Так и было',
  wasReset: 'Вернулось исходное',
  overtaken: (value: string) =>
    `Пока вы писали, настройку уже изменили. Теперь там: ${value}\nВаше значение не сохранено.`,
  askConfirm: {
    senders: 'Это решает, чьи файлы загружаются без проверки. Изменить?',
    thresholds: 'Изменить?',
    times: 'Это меняет время всех, кто не выбрал свой пояс. Изменить?',
    limits: 'Это очень мало: люди быстро упрутся в ограничение. Изменить?',
    greeting: 'Изменить?',
  } satisfies Record<SettingGroup, string>,
  becomes: (before: string, after: string) => `Было: ${before}\nСтанет: ${after}`,
  historyTitle: (title: string) => `🕘 ${bold(title)}`,
  noHistory: 'Эту настройку никто не менял.',
  change: (when: string, who: string, before: string, after: string) => `${when} ${who}: ${before} → ${after}`,
  standardValue: 'исходное',
  /** The name in the environment and at the command line. */
  variable: (name: string) => code(name),
}
