import { bold } from '../../text/html.ts'

const ru = {
  command: 'Группы, в которых я отвечаю',
  closed: 'Здесь я начну отвечать, когда администратор бота разрешит эту группу. Просьбу я ему передал.',
  noAccess: 'В этой группе бот пока не отвечает',
  opened: (username: string) =>
    `Готово: теперь отвечаю в этой группе. Назовите меня @${username} и пришлите номер контейнера.`,
  request: (title: string) => `👥 <b>Просьба о группе</b>\n${bold(title)}`,
  addedBy: (who: string) => `Пригласил: ${who}`,
  gathered: (count: number) => `👥 Ждут решения группы: ${count}. Список: /groups`,
  allow: 'Разрешить',
  deny: 'Отклонить',
  back: '‹ Назад',
  chooseScope: 'Чьи контейнеры показывать в этой группе? Их увидят все её участники, кто бы ни спрашивал.',
  everything: 'Все контейнеры',
  list: (total: number) =>
    total === 0 ? 'Меня нет ни в одной группе.' : `👥 <b>Группы</b>: ${total}. Нажмите, чтобы изменить.`,
  status: { waiting: '⏳ ждёт решения', allowed: '✅ отвечаю', declined: '⛔ отклонена' },
  sees: (company: string | null) => (company === null ? 'Видит все контейнеры' : `Видит контейнеры: ${bold(company)}`),
  removedCompany: 'Компания удалена: группа ничего не видит.',
  left: 'Меня в группе уже нет: после разрешения меня нужно добавить снова.',
  change: '🏢 Чьи контейнеры',
  close: '⛔ Закрыть и выйти',
}

const en: typeof ru = {
  command: 'Groups in which I answer',
  closed: 'I will answer here once an administrator of the bot allows this group. I have passed the request on.',
  noAccess: 'The bot does not answer in this group yet',
  opened: (username) => `Done: I answer in this group now. Name me @${username} and send a container number.`,
  request: (title) => `👥 <b>Request of a group</b>\n${bold(title)}`,
  addedBy: (who) => `Invited by: ${who}`,
  gathered: (count) => `👥 Groups that wait for a decision: ${count}. List: /groups`,
  allow: 'Allow',
  deny: 'Decline',
  back: '‹ Back',
  chooseScope: 'Whose containers are shown in this group? All its members will see them, whoever asks.',
  everything: 'All containers',
  list: (total) => (total === 0 ? 'I am in no group.' : `👥 <b>Groups</b>: ${total}. Press one to change it.`),
  status: { waiting: '⏳ waits for a decision', allowed: '✅ answered', declined: '⛔ declined' },
  sees: (company) => (company === null ? 'Sees all containers' : `Sees the containers of ${bold(company)}`),
  removedCompany: 'The company is removed: the group sees nothing.',
  left: 'I am not in the group any more: once it is allowed, add me again.',
  change: '🏢 Whose containers',
  close: '⛔ Close and leave',
}

export const texts = { ru, en }
