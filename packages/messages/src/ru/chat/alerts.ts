import { bold } from '../../format/html.ts'
import { containers } from '../words.ts'

export const alerts = {
  command: 'События и оповещения',
  title: '🔔 <b>События</b>',
  about:
    'Пишу, когда с вашими контейнерами что-то происходит: одно сообщение на поезд и станцию. О чём писать и когда, выберите в самой подписке.',
  quietSilent: '🌙 В тихие часы: без звука',
  quietHeld: '🌙 В тихие часы: жду их конца и пишу одним сообщением',
  noQuiet: '🌙 Тихие часы не заданы',
  timing: { at_once: 'сразу', digest: 'сводкой', never: 'не сообщаю' },
  subscription: (name: string, timing: string, kinds: number) =>
    `• ${bold(name)}: ${timing}${kinds > 0 ? `, видов событий: ${kinds}` : ''}`,
  moreSubscriptions: (n: number) => `… и ещё подписок: ${n}`,
  noSubscriptions: 'Подписок пока нет: нажмите «🔔 Следить» под карточкой контейнера.',
  buttons: {
    silent: 'Без звука',
    hold: 'Ждать конца',
    quiet: '🌙 Тихие часы',
    resume: '🔔 Вернуть',
    refresh: '🔄 Обновить',
  },
  list: (n: number) => `📋 <b>${containers(n)}</b>`,
  gone: 'Этих контейнеров вам больше не видно',
  foreign: (names: string) =>
    `Эти события приходят по подписке коллеги (${names}), и о каких сообщать, решает владелец. Отказаться можно от подписки целиком, вместе с отчётами.`,
  stopped: (kind: string, names: string) => `🔕 Больше не сообщаю: ${kind}.\nПодписка: ${names}`,
  resumed: (kind: string, names: string) => `🔔 Снова сообщаю: ${kind}.\nПодписка: ${names}`,
  saved: 'Сохранено',
}
