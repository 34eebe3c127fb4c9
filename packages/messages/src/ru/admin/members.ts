import type { Role } from '@atermtrack/domain'
import { bold } from '../../format/html.ts'

export const members = {
  command: 'Кто пользуется ботом',
  title: (total: number) => (total === 0 ? 'Здесь пока никого нет.' : `🙋 <b>Люди: ${total}</b>`),
  titleOf: (company: string, total: number) =>
    total === 0 ? `В компании ${bold(company)} пока никого нет.` : `🙋 Люди компании ${bold(company)}: ${total}`,
  role: { admin: 'администратор', operator: 'оператор', viewer: 'наблюдатель' } satisfies Record<Role, string>,
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
