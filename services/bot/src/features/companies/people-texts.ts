import type { PersonRole } from '@atermtrack/data'
import { bold } from '../../text/html.ts'

const ru = {
  command: 'Кто пользуется ботом',
  title: (total: number) => (total === 0 ? 'Здесь пока никого нет.' : `🙋 <b>Люди: ${total}</b>`),
  titleOf: (company: string, total: number) =>
    total === 0 ? `В компании ${bold(company)} пока никого нет.` : `🙋 Люди компании ${bold(company)}: ${total}`,
  role: { admin: 'администратор', operator: 'оператор', viewer: 'наблюдатель' } satisfies Record<PersonRole, string>,
  noCompany: 'без компании, видит всё',
  company: (name: string) => `компания: ${bold(name)}`,
  stranded: '⚠️ Компания удалена: человек не видит ничего. Выберите другую роль или компанию.',
  own: 'Свои права меняет другой администратор.',
  ownToast: 'Свои права меняет другой администратор',
  roleButton: { admin: '👑 Сделать администратором', operator: '🛠 Сделать оператором' },
  viewerButton: '👁 Наблюдатель: выбрать компанию',
  dismissButton: '⛔ Закрыть доступ',
  chooseCompany: 'Какая компания? Без компании видны все контейнеры.',
  withoutCompany: 'Без компании: видит всё',
  askDismiss: (who: string) => `Закрыть доступ: ${bold(who)}? Подписки остановятся.`,
  confirmDismiss: 'Да, закрыть доступ',
  dismissed: 'Доступ закрыт',
  changed: 'Готово, действует сразу',
  back: '‹ Назад',
}

const en: typeof ru = {
  command: 'Who uses the bot',
  title: (total) => (total === 0 ? 'Nobody is here yet.' : `🙋 <b>People: ${total}</b>`),
  titleOf: (company, total) =>
    total === 0 ? `Nobody is in company ${bold(company)} yet.` : `🙋 People of ${bold(company)}: ${total}`,
  role: { admin: 'administrator', operator: 'operator', viewer: 'viewer' },
  noCompany: 'no company, sees everything',
  company: (name) => `company: ${bold(name)}`,
  stranded: '⚠️ The company is removed: they see nothing. Choose another role or company.',
  own: 'Your own rights are changed by another administrator.',
  ownToast: 'Your own rights are changed by another administrator',
  roleButton: { admin: '👑 Make an administrator', operator: '🛠 Make an operator' },
  viewerButton: '👁 Viewer: choose a company',
  dismissButton: '⛔ Take access away',
  chooseCompany: 'Which company? Without one all containers are visible.',
  withoutCompany: 'No company: sees everything',
  askDismiss: (who) => `Take access away from ${bold(who)}? Their subscriptions stop.`,
  confirmDismiss: 'Yes, take it away',
  dismissed: 'Access is taken away',
  changed: 'Done, it counts at once',
  back: '‹ Back',
}

export const texts = { ru, en }
