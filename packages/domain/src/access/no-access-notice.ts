import { escapeHtml } from '../values/html.ts'
import type { Language } from '../values/wording.ts'
import type { Access } from './access-of.ts'

const texts = {
  ru: {
    stopped: (name: string | undefined) =>
      name === undefined ? 'Не отправляю то, о чём вы просили: ' : `Не отправляю «${name}»: `,
    because: {
      closed: 'доступ к боту вам закрыли. Подписки ждут: если доступ вернётся, отчёты продолжатся.',
      approval:
        'теперь доступ к боту выдаёт администратор. Попросить о нём: /start. Подписки ждут: с доступом отчёты продолжатся.',
      group: 'эта группа больше не получает ответов. Решает администратор бота.',
    },
    askAgain: 'Пока ответ ждал отправки, ваши права изменились, и я его не отправил. Спросите, пожалуйста, ещё раз.',
  },
  en: {
    stopped: (name: string | undefined) =>
      name === undefined ? 'I am not sending what you asked for: ' : `I am not sending “${name}”: `,
    because: {
      closed: 'your access to the bot was taken away. Your subscriptions wait and go on if you get it back.',
      approval:
        'access to the bot is now granted by an administrator. Ask for it: /start. Your subscriptions wait and go on once you have it.',
      group: 'this group gets no answers any more. An administrator of the bot decides.',
    },
    askAgain: 'Your rights changed while the answer was waiting to be sent, so I did not send it. Please ask again.',
  },
}

/** What somebody reads in place of a report that was stopped because they have no access now, as HTML. */
export function noAccessNotice(
  access: Exclude<Access, { kind: 'allowed' }>,
  { name, language }: { readonly name: string | undefined; readonly language: Language },
): string {
  const { stopped, because } = texts[language]
  return escapeHtml(stopped(name)) + because[reasonOf(access)]
}

/** What somebody reads in place of an answer that was worked out for the rights they had before, as HTML. */
export function askAgainNotice(language: Language): string {
  return texts[language].askAgain
}

function reasonOf({ kind }: Exclude<Access, { kind: 'allowed' }>): keyof (typeof texts)['ru']['because'] {
  if (kind === 'closed_group') return 'group'
  return kind === 'stranger' || kind === 'waiting' ? 'approval' : 'closed'
}
