const ru = {
  dialogClosed: 'Диалог закрыт: прошло больше 30 минут. Начните, пожалуйста, заново.',
  staleButton: 'Кнопка устарела',
  onlyInPrivate: 'Это я делаю только в личной переписке: напишите мне напрямую.',
  unknownCommand: 'Такой команды я не знаю. Что я умею: /help',
  oneMoment: '⏳ Смотрю, это займёт ещё немного…',
  failed: (reference: string) =>
    `Не получилось ответить из-за внутренней ошибки. Попробуйте ещё раз чуть позже. Если повторится, сообщите код ${reference}.`,
  delayed: (reference: string) =>
    `База данных сейчас недоступна, поэтому ответ задержится. Он придёт сам, повторять не нужно. Если не придёт, сообщите код ${reference}.`,
}

const en: typeof ru = {
  dialogClosed: 'The dialog was closed after 30 minutes. Please start again.',
  staleButton: 'This button is out of date',
  onlyInPrivate: 'I do this in a private chat only: please write to me directly.',
  unknownCommand: 'I do not know this command. What I can do: /help',
  oneMoment: '⏳ Looking, this takes a little longer…',
  failed: (reference: string) =>
    `Something went wrong inside. Please try again a little later. If it happens again, report the code ${reference}.`,
  delayed: (reference: string) =>
    `The database is away, so the answer comes late. It comes by itself, there is no need to ask again. If it does not, report the code ${reference}.`,
}

/** What is said by no feature in particular. */
export const texts = { ru, en }
