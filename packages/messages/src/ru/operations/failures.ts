export const failures = {
  command: 'Ошибки: что стоит за кодом из ответа',
  title: '🧯 <b>Последние ошибки</b>',
  none: 'Их не было, или записи о них уже удалены.',
  hint: 'По коду, который назвал человек: <code>/ref a1b2c3</code>',
  notFound: 'Такого кода нет: проверьте его, или запись о нём уже удалена.',
  titleOf: (reference: string) => `🧯 <b>Ошибка <code>${reference}</code></b>`,
  when: (time: string) => `Когда: ${time}`,
  who: (person: string) => `Кто: ${person}`,
  what: (what: string) => `Что: ${what}`,
  ownText: (text: string) => `Вы писали: ${text}`,
  update: (id: number, outcome: string | undefined) =>
    outcome === undefined ? `Сообщение ${id}` : `Сообщение ${id}, итог: ${outcome}`,
  nobody: 'уже неизвестно',
  inPrivate: 'личная переписка',
  inGroup: 'группа',
  kinds: { command: 'команда', button: 'кнопка', text: 'сообщение', file: 'файл', other: 'другое' },
  back: '‹ Все ошибки',
}
