import { pluralRu } from '@atermtrack/domain'
import { bold } from '../../text/html.ts'

const containersRu = (count: number) => `${count} ${pluralRu(count, 'контейнер', 'контейнера', 'контейнеров')}`
const containersEn = (count: number) => `${count} ${count === 1 ? 'container' : 'containers'}`

const ru = {
  command: 'Мои подписки',
  containers: containersRu,
  title: (total: number) => (total === 0 ? 'Подписок пока нет.' : `📂 <b>Мои подписки: ${total}</b>`),
  about: 'Подписка присылает файл Excel по вашему списку контейнеров в выбранное время.',
  add: '➕ Создать',
  askName: 'Как назвать подписку? До 60 знаков. Выйти: /cancel',
  badName: 'Название должно быть текстом от 1 до 60 знаков. Попробуйте ещё раз. Выйти: /cancel',
  askNumbers: 'Пришлите номера контейнеров, до 1000. Можно несколькими сообщениями.',
  numbers: (taken: number, total: number) =>
    `Принято: ${containersRu(taken)}, всего в списке ${total}. Пришлите ещё или нажмите «Дальше».`,
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
    `Проверьте:\n${bold(name)}\n${containersRu(size)}\nКаждый день: ${times}`,
  pressSave: 'Нажмите «Сохранить» под сообщением выше или выйдите: /cancel',
  save: '✅ Сохранить',
  drop: 'Отменить',
  dropped: 'Хорошо, не сохраняю.',
  saved: (name: string, next: string) => `✅ Подписка ${bold(name)} создана. Первый отчёт: ${next}`,
  detail: (name: string, size: number, times: string, next: string) =>
    `🔔 ${bold(name)}\n${containersRu(size)}\nКаждый день: ${times}\nСледующий отчёт: ${next}`,
  sendNow: '📨 Прислать сейчас',
  preparing: 'Готовлю отчёт, пришлю через минуту',
  remove: '🗑 Удалить',
  askRemove: (name: string) => `Удалить подписку ${bold(name)}? Отчёты по ней больше не придут.`,
  confirmRemove: (name: string) => `Да, удалить «${name}»`,
  removed: (name: string) => `Подписка «${name}» удалена`,
  back: '‹ Назад',
}

const en: typeof ru = {
  command: 'My subscriptions',
  containers: containersEn,
  title: (total: number) => (total === 0 ? 'No subscriptions yet.' : `📂 <b>My subscriptions: ${total}</b>`),
  about: 'A subscription sends an Excel file about your list of containers at the times you choose.',
  add: '➕ Create',
  askName: 'What shall the subscription be called? Up to 60 characters. Leave: /cancel',
  badName: 'The name must be a text of 1 to 60 characters. Please try again. Leave: /cancel',
  askNumbers: 'Send container numbers, up to 1000, in several messages if you like.',
  numbers: (taken: number, total: number) =>
    `Taken: ${containersEn(taken)}, ${total} in the list. Send more or press “Next”.`,
  noNumbers: 'I see no container number. Example: <code>MSKU6011672</code>. Leave: /cancel',
  suspicious: '⚠️ <b>Taken, but the check digit does not match:</b>',
  mistyped: '✏️ <b>Not a container number, left out:</b>',
  more: (count: number) => `… and ${count} more`,
  full: 'A subscription holds 1000 numbers: the rest was left out.',
  next: 'Next →',
  askTimes: (zone: string) => `When shall the report come? Times are ${zone}. Or write your own, such as 8:30, 17:00`,
  badTimes: 'I do not understand the time. Write, for example: 8:30, 17:00 (up to six times a day). Leave: /cancel',
  both: 'At 09:00 and 16:00',
  confirm: (name: string, size: number, times: string) =>
    `Please check:\n${bold(name)}\n${containersEn(size)}\nEvery day: ${times}`,
  pressSave: 'Press “Save” under the message above, or leave: /cancel',
  save: '✅ Save',
  drop: 'Cancel',
  dropped: 'All right, not saved.',
  saved: (name: string, next: string) => `✅ Subscription ${bold(name)} is created. First report: ${next}`,
  detail: (name: string, size: number, times: string, next: string) =>
    `🔔 ${bold(name)}\n${containersEn(size)}\nEvery day: ${times}\nNext report: ${next}`,
  sendNow: '📨 Send now',
  preparing: 'Preparing the report, it comes in a minute',
  remove: '🗑 Delete',
  askRemove: (name: string) => `Delete subscription ${bold(name)}? Its reports will not come any more.`,
  confirmRemove: (name: string) => `Yes, delete “${name}”`,
  removed: (name: string) => `Subscription “${name}” is deleted`,
  back: '‹ Back',
}

export const texts = { ru, en }
