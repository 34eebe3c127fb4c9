import { bold } from '../../format/html.ts'
import { containers } from '../words.ts'

const reasons = {
  abandoned: '🛑 брошены',
  late: '⏰ опаздывают',
  missing: '❓ пропали из отчёта',
  stuck: '⏸ давно без движения',
  not_picked_up: '🚚 прибыли, не вывезены',
  at_risk: '⏳ могут опоздать',
}

const one = {
  abandoned: '🛑 брошен',
  late: '⏰ опаздывает',
  missing: '❓ пропал из отчёта',
  stuck: '⏸ без движения',
  not_picked_up: '🚚 прибыл, не вывезен',
  at_risk: '⏳ может опоздать',
}

export const attention = {
  command: 'Что горит: контейнеры, которые требуют внимания',
  title: (count: number, whose: string) => `🔥 <b>Требуют внимания: ${containers(count)}</b> (${whose})`,
  own: 'мои подписки',
  all: 'всё, что мне видно',
  nothing: (whose: string) => `✅ Ничего не горит (${whose}).`,
  cut: (most: string) => `Показаны первые ${most}: посмотрите только свои подписки.`,
  putAway: (n: number) => `🙈 Отложено и скрыто: ${n}`,
  reasons,
  one,
  since: (moment: string, duration: string) => `с ${moment} (${duration})`,
  due: (day: string) => `срок ${day}`,
  taken: (name: string, when: string) => `✋ В работе: ${bold(name)}, ${when}`,
  later: (until: string) => `💤 Отложен до ${until}`,
  hidden: '🙈 Скрыт, пока ничего не изменится',
  note: (text: string) => `📝 ${text}`,
  todo: {
    abandoned: 'Узнайте у экспедитора или дороги, когда поезд поднимут.',
    late: 'Можно готовить претензию перевозчику за просрочку.',
    missing: 'Проверьте слежение: контейнера нет в новых отчётах.',
    stuck: 'Спросите у дороги причину простоя.',
    not_picked_up: 'Организуйте вывоз: идёт хранение.',
    at_risk: 'Предупредите получателя о возможном опоздании.',
  },
  calm: '✅ Сейчас внимания не требует.',
  buttons: {
    all: 'Все',
    hidden: '🙈',
    own: '👤 Мои подписки',
    everything: '🌐 Всё, что видно',
    refresh: '🔄 Обновить',
    take: '✋ Беру',
    takeAll: '✋ Беру все',
    release: '↩️ Снять с себя',
    later: (hours: number) => (hours < 24 ? `💤 На ${hours} ч` : `💤 На ${hours / 24} сут`),
    until: '🗓 Отложить до…',
    hide: '🙈 До изменения',
    show: '👁 Показывать снова',
    note: '📝 Заметка',
    card: '📦 Карточка',
    back: '‹ К списку',
  },
  takenNow: 'Теперь он на вас',
  takenMany: (count: number, total: number) =>
    count === total
      ? `Взято в работу: ${containers(count)}`
      : `Взято в работу: ${count} из ${total}, остальные уже у других`,
  takenBefore: (name: string) => `Уже в работе: ${name}`,
  released: 'Больше не на вас',
  releasedMany: (count: number) => `Снято с вас: ${containers(count)}`,
  putOff: (until: string) => `Отложено до ${until}`,
  askUntil: (container: string) =>
    `До какого времени отложить ${container}? Например: 5 декабря, 5.12 09:00, завтра в 15:00 или через 3 дня. Выйти: /cancel`,
  badUntil: {
    unknown:
      'Не понял, до какого времени. Напишите день, время или срок: 5 декабря, 5.12 09:00, через 3 дня. Выйти: /cancel',
    past: 'Это время уже прошло. Напишите время впереди, например: завтра в 15:00. Выйти: /cancel',
    far: 'Так надолго не откладываю: самое большее на 90 дней. Напишите время поближе. Выйти: /cancel',
  },
  hiddenNow: 'Скрыто, пока ничего не изменится',
  shown: 'Снова в списке',
  askNote: (container: string) =>
    `Напишите заметку о ${container}, до 200 знаков. Чтобы стереть её, пришлите минус. Выйти: /cancel`,
  badNote: 'Нужен текст до 200 знаков. Попробуйте ещё раз. Выйти: /cancel',
  noteSaved: '📝 Заметка сохранена.',
  oneOfGroup: 'Один контейнер: нажмите номер',
  groupGone: 'Такой группы в списке больше нет',
  gone: 'Этого контейнера вам больше не видно',
}
