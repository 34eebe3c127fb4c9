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
  declined: (colleague: string, name: string) => `${colleague} не получает отчёты ${name}: отказ.`,
  stale: (slot: string) => `Отчёты на ${slot} ушли со старыми данными`,
  source: (source: string) => `Источник: ${source}`,
  heard: (at: string) => `Последние данные: ${at}. Новых в отведённое время не пришло.`,
}
