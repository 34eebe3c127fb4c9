import type { PersonRole } from '@atermtrack/data'
import { bold, escapeHtml } from '../../text/html.ts'

const ru = {
  welcome:
    'Здравствуйте! Я показываю, где находятся контейнеры. Доступ выдаёт администратор: нажмите кнопку, и я передам ему вашу просьбу. Что я храню о вас: /privacy',
  ask: 'Запросить доступ',
  tellAbout:
    'Напишите одним сообщением, кто вы: имя, компания и для чего нужен доступ. До 300 знаков. Администратору так проще решить.',
  badAbout: 'Нужен текст до 300 знаков: имя, компания и для чего нужен доступ. Или нажмите «Пропустить».',
  skip: 'Пропустить',
  asked: 'Просьба передана администратору. Я напишу, как только он решит.',
  waiting: 'Ваша просьба ждёт решения администратора. Я напишу, как только он решит.',
  denied: 'К сожалению, администратор не открыл вам доступ к этому боту. Через сутки можно попросить ещё раз.',
  dismissed: 'Администратор закрыл вам доступ к этому боту. Через сутки после этого можно попросить о нём снова.',
  onlyWithAccess: 'Отвечаю тем, кому администратор открыл доступ. Попросить о нём можно в личной переписке со мной.',
  withdrawn:
    'Вы недавно просили о доступе и удалили свои данные, вместе с просьбой. Попросить снова можно через сутки после неё.',
  noAccess: 'Нет доступа',
  granted: 'Доступ открыт. Пришлите номер контейнера или выберите действие в меню.',
  grantedAs: {
    admin:
      'Доступ открыт, вы администратор: видите все контейнеры, решаете о доступе, файлах и рассылках. Что я умею: /help',
    operator:
      'Доступ открыт, вы оператор: видите все контейнеры и можете присылать мне файлы с дислокацией, терминала и поездов. Что я умею: /help',
    viewer: 'Доступ открыт. Пришлите номер контейнера, список или таблицу, и я скажу, где они. Что я умею: /help',
  } satisfies Record<PersonRole, string>,
  grantedWithCompany: (company: string) =>
    `Доступ открыт, ваша компания: ${bold(company)}. Вы видите контейнеры её клиентов и общие. Пришлите номер контейнера, список или таблицу. Что я умею: /help`,
  request: (who: string) => `🔑 <b>Просьба о доступе</b>\n${who}`,
  about: (text: string) => `О себе: <i>${escapeHtml(text, 300)}</i>`,
  accept: 'Принять',
  deny: 'Отклонить',
  back: '‹ Назад',
  chooseRole: 'Какую роль дать?',
  role: { admin: 'администратор', operator: 'оператор', viewer: 'наблюдатель' } satisfies Record<PersonRole, string>,
  roleButton: { admin: '👑 Администратор', operator: '🛠 Оператор', viewer: '👁 Наблюдатель' } satisfies Record<
    PersonRole,
    string
  >,
  chooseCompany:
    'Роль: наблюдатель. Из какой компании? Без компании видны все контейнеры, с компанией только её клиентов и общие.',
  withoutCompany: 'Без компании: видит всё',
  newCompany: '➕ Новая компания',
  askCompanyName: 'Как называется новая компания? До 60 знаков. Выйти: /cancel',
  badCompanyName: 'Название должно быть текстом от 1 до 60 знаков. Попробуйте ещё раз. Выйти: /cancel',
  companyIsThere: (name: string) =>
    `Компания ${bold(name)} уже есть: выберите её в списке под просьбой или напишите другое название.`,
  companyIsEmpty:
    'У новой компании пока нет клиентов, поэтому видны только общие контейнеры. Добавьте клиентов: /companies',
  decided: (access: 'granted' | 'denied', by: string) =>
    `${access === 'granted' ? '✅ Доступ открыт' : '⛔ Отклонено'}: ${escapeHtml(by)}`,
  rights: (role: string, company: string | null) =>
    company === null ? `Роль: ${role}` : `Роль: ${role}, компания: ${bold(company)}`,
  decidedBefore: (access: 'granted' | 'denied', by: string) =>
    `Уже решено (${access === 'granted' ? 'доступ открыт' : 'отклонено'}): ${by}`,
  byCommandLine: 'из командной строки',
  nobody: 'тот, кто с тех пор удалил свои данные',
}

const en: typeof ru = {
  welcome:
    'Hello! I show where containers are. An administrator grants access: press the button and I will pass your request on. What I store about you: /privacy',
  ask: 'Ask for access',
  tellAbout:
    'Write in one message who you are: name, company and what you need access for. Up to 300 characters. It helps the administrator to decide.',
  badAbout: 'I need a text of up to 300 characters: name, company and what for. Or press “Skip”.',
  skip: 'Skip',
  asked: 'Your request was passed on. I will write as soon as it is decided.',
  waiting: 'Your request waits for an administrator. I will write as soon as it is decided.',
  denied: 'Unfortunately an administrator has not granted you access to this bot. You may ask again in a day.',
  dismissed: 'An administrator has taken your access to this bot away. A day after that you may ask for it again.',
  onlyWithAccess:
    'I answer those whom an administrator has granted access. You can ask for it in a private chat with me.',
  withdrawn:
    'You asked for access not long ago and erased your data, the request among them. You may ask again a day after it.',
  noAccess: 'No access',
  granted: 'You have access now. Send a container number or choose from the menu.',
  grantedAs: {
    admin:
      'You have access as an administrator: you see all containers and decide about access, files and broadcasts. What I can do: /help',
    operator:
      'You have access as an operator: you see all containers and may send me files with positions, terminal reports and train rosters. What I can do: /help',
    viewer:
      'You have access. Send a container number, a list or a table, and I will say where they are. What I can do: /help',
  },
  grantedWithCompany: (company) =>
    `You have access, your company: ${bold(company)}. You see the containers of its clients and the shared ones. Send a container number, a list or a table. What I can do: /help`,
  request: (who: string) => `🔑 <b>Request for access</b>\n${who}`,
  about: (text) => `About: <i>${escapeHtml(text, 300)}</i>`,
  accept: 'Accept',
  deny: 'Decline',
  back: '‹ Back',
  chooseRole: 'Which role?',
  role: { admin: 'administrator', operator: 'operator', viewer: 'viewer' },
  roleButton: { admin: '👑 Administrator', operator: '🛠 Operator', viewer: '👁 Viewer' },
  chooseCompany:
    'Role: viewer. Which company? Without one all containers are visible, with one only those of its clients and the shared ones.',
  withoutCompany: 'No company: sees everything',
  newCompany: '➕ New company',
  askCompanyName: 'What is the new company called? Up to 60 characters. Leave: /cancel',
  badCompanyName: 'The name must be a text of 1 to 60 characters. Please try again. Leave: /cancel',
  companyIsThere: (name) =>
    `There is a company ${bold(name)} already: choose it from the list under the request, or write another name.`,
  companyIsEmpty:
    'The new company has no clients yet, so only shared containers are visible. Add its clients: /companies',
  decided: (access: 'granted' | 'denied', by: string) =>
    `${access === 'granted' ? '✅ Access granted' : '⛔ Declined'}: ${escapeHtml(by)}`,
  rights: (role, company) => (company === null ? `Role: ${role}` : `Role: ${role}, company: ${bold(company)}`),
  decidedBefore: (access: 'granted' | 'denied', by: string) =>
    `Already decided (${access === 'granted' ? 'granted' : 'declined'}): ${by}`,
  byCommandLine: 'on the command line',
  nobody: 'somebody who has erased their data since',
}

export const texts = { ru, en }
