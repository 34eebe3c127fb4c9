import type { Role } from '@atermtrack/domain'
import { bold, escapeHtml } from '../../format/html.ts'
import { plural } from '../words.ts'

const people = (count: number) => `${count} ${plural(count, { one: 'человек', few: 'человека', many: 'человек' })}`

const days = (count: number) => `${count} ${plural(count, { one: 'день', few: 'дня', many: 'дней' })}`

export const broadcast = {
  command: 'Рассылки: новая и последние',
  compose:
    '📣 Пришлите сообщение рассылки: текст, фото, файл, альбом или пересланное. Оформление и подписи сохранятся. Передумали: /cancel',
  badMessage: 'Такое сообщение разослать нельзя. Пришлите текст, фото, видео, файл или альбом. Передумали: /cancel',
  notOfAlbum:
    'Рассылка — это одно сообщение или один альбом, поэтому новое сообщение в неё не вошло. Чтобы заменить рассылку, нажмите «Изменить».',
  albumIsFull: 'В альбоме не может быть больше 10 частей, лишняя не вошла.',
  preview: '👆 Так это увидят получатели.',
  nobody: 'Сейчас её никто не получит: выберите других получателей.',
  audienceLine: (audience: string, count: number) => `👥 Кому: ${escapeHtml(audience)} — ${bold(people(count))}`,
  timeLine: (moment: string | undefined) => `🕒 Когда: ${moment === undefined ? 'сразу' : bold(moment)}`,
  soundLine: (isSilent: boolean): string => (isSilent ? '🔕 Без звука' : '🔔 Со звуком, в тихие часы без звука'),
  send: (count: number) => `Отправить ${count}`,
  schedule: (count: number) => `Запланировать для ${count}`,
  audienceButton: '👥 Кому',
  timeButton: '🕒 Когда',
  soundButton: (isSilent: boolean): string => (isSilent ? '🔔 Со звуком' : '🔕 Без звука'),
  rewrite: '✏️ Изменить',
  drop: '✖️ Не отправлять',
  dropped: 'Рассылка отменена, её никто не получил.',
  draftChanged: (count: number) => `Рассылка изменилась, получателей теперь ${count}: проверьте и подтвердите ещё раз`,
  alreadyConfirmed: 'Эта рассылка уже подтверждена',
  chooseAudience: '👥 Кому отправить? В кнопке — сколько человек получит её сейчас.',
  chooseCompany: (total: number): string => (total === 0 ? 'Компаний пока нет.' : '🏢 Людям какой компании?'),
  chooseSubject: {
    train: (total: number): string => (total === 0 ? 'На поезда никто не подписан.' : '🚆 Подписчикам какого поезда?'),
    destination: (total: number): string =>
      total === 0 ? 'На станции назначения никто не подписан.' : '📍 Подписчикам какой станции назначения?',
    client: (total: number): string =>
      total === 0 ? 'На клиентов никто не подписан.' : '🤝 Подписчикам какого клиента?',
  },
  audience: {
    everybody: 'все, у кого есть доступ',
    role: { admin: 'администраторы', operator: 'операторы', viewer: 'наблюдатели' } satisfies Record<Role, string>,
    company: (name: string) => `компания «${name}»`,
    removedCompany: 'удалённая компания',
    train: (code: string) => `подписчики поезда ${code}`,
    destination: (station: string) => `подписчики станции ${station}`,
    client: (name: string) => `подписчики клиента ${name}`,
    active: (count: number) => `кто пользовался ботом за ${days(count)}`,
  },
  choice: {
    everybody: 'Все',
    role: { admin: '👑 Администраторы', operator: '🛠 Операторы', viewer: '👁 Наблюдатели' } satisfies Record<
      Role,
      string
    >,
    company: '🏢 Компания',
    train: '🚆 Поезд',
    destination: '📍 Станция',
    client: '🤝 Клиент',
    active: (count: number) => `Активные за ${days(count)}`,
  },
  withCount: (choice: string, count: number) => `${choice} · ${count}`,
  askTime: (zone: string, now: string) =>
    `🕒 Когда отправить? Например: 18:30, завтра 9:00 или 05.12 10:00. Время: ${escapeHtml(zone)}, сейчас там ${now}. Выйти: /cancel`,
  badTime: 'Не понял время. Напишите, например: 18:30, завтра 9:00 или 05.12 10:00.',
  pastTime: (moment: string, now: string) =>
    `${moment} уже прошло: сейчас ${now}. Напишите время позже, например «завтра 9:00».`,
  farTime: 'Больше чем на год вперёд не планирую. Напишите дату ближе.',
  timeIsOver: 'Это время уже прошло, выберите другое',
  atOnce: '⚡ Сразу',
  scheduledFor: (moment: string) => `Начнётся ${bold(moment)}`,
  pause: '⏸ Пауза',
  resume: '▶️ Продолжить',
  stop: '⏹ Отменить',
  confirmStop: (count: number) =>
    `Рассылка на паузе. Не отправлять ${count} ${plural(count, { one: 'оставшемуся', few: 'оставшимся', many: 'оставшимся' })}?`,
  confirmUnschedule: 'Рассылка ещё не началась. Не отправлять её никому?',
  cancel: (count: number) => `Не отправлять ${count}`,
  unschedule: 'Не отправлять',
  refresh: '🔄 Обновить',
  back: '‹ Назад',
  toList: '📣 Все рассылки',
  recent: 'Последние рассылки:',
  untitled: 'без текста',
  title: {
    draft: 'Рассылка не начата',
    scheduled: 'Рассылка запланирована',
    expanding: 'Рассылка готовится',
    sending: 'Рассылка идёт',
    paused: 'Рассылка на паузе',
    cancelled: 'Рассылка отменена',
    done: 'Рассылка завершена',
  },
  state: {
    draft: '📝 черновик',
    scheduled: '🕒 запланирована',
    expanding: '⏳ готовится',
    sending: '▶️ идёт',
    paused: '⏸ на паузе',
    cancelled: '✖️ отменена',
    done: '✅ завершена',
    recalled: '🗑 отозвана',
  },
  sent: (sent: number, total: number) => `Отправлено ${sent} из ${total}`,
  blocked: (count: number) => `Не принимают (заблокировали бота или удалили аккаунт): ${count}`,
  failed: (count: number) => `Не удалось: ${count}`,
  unknown: (count: number) => `Неизвестно: ${count} (связь оборвалась посреди отправки, сообщение могло дойти)`,
  cancelledCount: (count: number) => `Не отправлялось: ${count}`,
  left: (count: number, time: string | undefined) => `Осталось: ${count}${time === undefined ? '' : `, около ${time}`}`,
  showUnknown: (count: number) => `Показать неизвестные (${count})`,
  unreached: (count: number) => `📄 Кто не получил (${count})`,
  unreachedName: 'Кто не получил рассылку',
  unreachedComes: 'Готовлю файл, пришлю сюда',
  resendFailed: (count: number) => `🔁 Отправить ещё раз тем, кто не получил (${count})`,
  failedResent: (count: number) => `Отправляю ещё раз: ${count}`,
  resentBefore: 'Уже отправлено ещё раз, или отправлять нечего',
  recall: '🗑 Отозвать',
  askRecall: (count: number) =>
    `Удалить сообщение у ${count} ${plural(count, { one: 'получателя', few: 'получателей', many: 'получателей' })}? Вернуть его будет нельзя. Telegram удаляет только сообщения не старше 48 часов.`,
  confirmRecall: (count: number) => `Удалить у ${count}`,
  recallTooLate: 'Отозвать нельзя: прошло больше 48 часов, или рассылку уже отзывают',
  recallBegins: '🗑 Отзываю…',
  recalling: (deleted: number, total: number) => `🗑 Отзываю: удалено ${deleted} из ${total}`,
  recalled: (deleted: number, total: number) => `🗑 Отозвана: удалено ${deleted} из ${total}`,
  recallKept: (count: number) => `Удалить не удалось: ${count}`,
}
