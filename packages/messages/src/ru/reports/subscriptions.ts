import { bold } from '../../format/html.ts'
import { containers } from '../words.ts'

export const subscriptions = {
  command: 'Мои подписки',
  containers,
  title: (total: number) => (total === 0 ? 'Подписок пока нет.' : `📂 <b>Мои подписки: ${total}</b>`),
  about: 'Подписка присылает файл Excel по вашему списку контейнеров в выбранное время.',
  add: '➕ Создать',
  askName: 'Как назвать подписку? До 60 знаков. Выйти: /cancel',
  badName: 'Название должно быть текстом от 1 до 60 знаков. Попробуйте ещё раз. Выйти: /cancel',
  askNumbers: 'Пришлите номера контейнеров, до 1000. Можно несколькими сообщениями.',
  numbers: (taken: number, total: number) =>
    `Принято: ${containers(taken)}, всего в списке ${total}. Пришлите ещё или нажмите «Дальше».`,
  noNumbers: 'Не вижу ни одного номера контейнера. Пример: <code>MSKU6011672</code>. Выйти: /cancel',
  suspicious: '⚠️ <b>Взял, но контрольная цифра не сходится:</b>',
  mistyped: '✏️ <b>Не похоже на номер, пропустил:</b>',
  more: (count: number) => `… и ещё ${count}`,
  full: 'Больше 1000 номеров в одной подписке не помещается: лишние не взял.',
  next: 'Дальше →',
  askTimes: (zone: string) => `Когда присылать отчёт? Время: ${zone}. Можно написать своё, например 8:30, 17:00`,
  badTimes: 'Не понял время. Напишите, например: 8:30, 17:00 (до шести раз в день). Выйти: /cancel',
  both: 'В 09:00 и в 16:00',
  confirm: (name: string, size: number, times: string) =>
    `Проверьте:\n${bold(name)}\n${containers(size)}\nКаждый день: ${times}`,
  pressSave: 'Нажмите «Сохранить» под сообщением выше или выйдите: /cancel',
  save: '✅ Сохранить',
  drop: 'Отменить',
  dropped: 'Хорошо, не сохраняю.',
  saved: (name: string, next: string) => `✅ Подписка ${bold(name)} создана. Первый отчёт: ${next}`,
  detail: (name: string, size: number, times: string, next: string) =>
    `🔔 ${bold(name)}\n${containers(size)}\nКаждый день: ${times}\nСледующий отчёт: ${next}`,
  sendNow: '📨 Прислать сейчас',
  preparing: 'Готовлю отчёт, пришлю через минуту',
  remove: '🗑 Удалить',
  askRemove: (name: string) => `Удалить подписку ${bold(name)}? Отчёты по ней больше не придут.`,
  confirmRemove: (name: string) => `Да, удалить «${name}»`,
  removed: (name: string) => `Подписка «${name}» удалена`,
  back: '‹ Назад',
}
