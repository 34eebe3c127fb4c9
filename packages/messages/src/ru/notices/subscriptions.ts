import type { SubscriptionChange } from '@atermtrack/domain'
import { containers } from '../words.ts'

export const subscriptionNotices = {
  empty: (name: string | undefined) =>
    name === undefined
      ? 'Сейчас в отчёт ничего не попадает: контейнеров нет.'
      : `«${name}»: сейчас в отчёт ничего не попадает, контейнеров нет.`,
  listTitle: (name: string) => `📋 ${name}`,
  left: (count: number) => `Рейс закончен, из списка ушло: ${containers(count)}`,
  back: (count: number) => `Начали новый рейс и снова в списке: ${containers(count)}`,
  more: (count: number) => `… и ещё ${count}`,
  putBack: '↩️ Вернуть в список',
  open: 'Открыть подписку',
  asked: (owner: string, name: string, slots: string) =>
    `${owner} хочет присылать вам отчёты ${name} (каждый раз в ${slots}) и сообщения о событиях. Согласны?`,
  accept: '✅ Да, присылать',
  decline: 'Нет, спасибо',
  accepted: (colleague: string, name: string) => `✅ ${colleague} получает отчёты ${name}.`,
  declined: (colleague: string, name: string) => `${colleague} отказывается от отчётов ${name}.`,
  changedOne: (name: string, changes: string) => `🔧 Администратор изменил вашу подписку ${name}: ${changes}.`,
  changedMany: '🔧 Администратор изменил ваши подписки:',
  changes: {
    name: 'название',
    subject: 'о чём она',
    items: 'список контейнеров',
    times: 'время',
    days: 'дни недели',
    zone: 'часовой пояс',
    paused: 'поставлена на паузу',
    resumed: 'снята с паузы',
    options: 'настройки отчёта',
    columns: 'колонки',
    events: 'события',
    removed: 'удалена',
    restored: 'возвращена',
    sent: 'отчёт отправлен сейчас',
  } satisfies Record<SubscriptionChange, string>,
  openNamed: (name: string) => `Открыть «${name}»`,
  restoreNamed: (name: string) => `↩️ Вернуть «${name}»`,
  templateStored: (name: string, fileName: string) =>
    `📐 Готово: отчёты ${name} теперь приходят в вашем файле «${fileName}». Нажмите «Как придёт», чтобы посмотреть.`,
  templateFailed: (name: string, fileName: string, why: string) =>
    `📐 Не получилось заполнить ваш файл «${fileName}» для отчётов ${name}: ${why}. Пока присылаю обычную таблицу. Исправьте файл и пришлите его ещё раз.`,
  notFillable: 'файл устроен так, что его нельзя дополнить, не испортив; пересохраните его в Excel как .xlsx',
  rehearse: '👁 Как придёт',
  template: '📐 Свой шаблон',
  stale: (slot: string) => `Отчёты на ${slot} ушли со старыми данными`,
  source: (source: string) => `Источник: ${source}`,
  heard: (at: string) => `Последние данные: ${at}. Новых в отведённое время не пришло.`,
}
