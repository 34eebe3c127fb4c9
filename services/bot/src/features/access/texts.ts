import { escapeHtml } from '../../html.ts'

const ru = {
  welcome:
    'Здравствуйте! Я показываю, где находятся контейнеры. Доступ выдаёт администратор: нажмите кнопку, и я передам ему вашу просьбу.',
  ask: 'Запросить доступ',
  asked: 'Просьба передана администратору. Я напишу, как только он решит.',
  waiting: 'Ваша просьба ждёт решения администратора. Я напишу, как только он решит.',
  denied: 'К сожалению, администратор не открыл вам доступ к этому боту.',
  noAccess: 'Нет доступа',
  granted: 'Доступ открыт. Пришлите номер контейнера или выберите действие в меню.',
  request: (who: string) => `🔑 <b>Просьба о доступе</b>\n${who}`,
  accept: 'Принять',
  deny: 'Отклонить',
  decided: (access: 'granted' | 'denied', by: string) =>
    `${access === 'granted' ? '✅ Доступ открыт' : '⛔ Отклонено'}: ${escapeHtml(by)}`,
  decidedBefore: (access: 'granted' | 'denied', by: string) =>
    `Уже решено (${access === 'granted' ? 'доступ открыт' : 'отклонено'}): ${by}`,
}

const en: typeof ru = {
  welcome:
    'Hello! I show where containers are. An administrator grants access: press the button and I will pass your request on.',
  ask: 'Ask for access',
  asked: 'Your request was passed on. I will write as soon as it is decided.',
  waiting: 'Your request waits for an administrator. I will write as soon as it is decided.',
  denied: 'Unfortunately an administrator has not granted you access to this bot.',
  noAccess: 'No access',
  granted: 'You have access now. Send a container number or choose from the menu.',
  request: (who: string) => `🔑 <b>Request for access</b>\n${who}`,
  accept: 'Accept',
  deny: 'Decline',
  decided: (access: 'granted' | 'denied', by: string) =>
    `${access === 'granted' ? '✅ Access granted' : '⛔ Declined'}: ${escapeHtml(by)}`,
  decidedBefore: (access: 'granted' | 'denied', by: string) =>
    `Already decided (${access === 'granted' ? 'granted' : 'declined'}): ${by}`,
}

export const texts = { ru, en }
