import { plural } from '../words.ts'

/** Texts of the dialog in which an admin defines a column mapping. Column names are the railway's own in every language. */
export const columnMapping = {
  title: 'Что в колонках?',
  header: (row: number, text: string) => `Заголовки (строка ${row}): ${text}`,
  hint: '✓ обязательная колонка названа, догадки проверьте. Нажмите букву колонки, чтобы сказать, что в ней.',
  guess: '(догадка)',
  noHeading: 'без заголовка',
  unread: 'не читать',
  column: (letters: string) => `Что в колонке <b>${letters}</b>?`,
  samples: 'Например',
  missing: (headings: string) => `Не хватает: ${headings}`,
  stillMissing: (headings: string) => `⏳ Осталось указать: ${headings}`,
  save: '💾 Сохранить и импортировать',
  headerUp: '⬆️ Заголовок выше',
  headerDown: '⬇️ Заголовок ниже',
  back: '‹ Назад',
  noHead: 'Первых строк этого файла нет. Нажмите «Повторить импорт» и попробуйте ещё раз.',
  likesToo: (n: number) =>
    `Готово. Так же ${plural(n, { one: 'читается', few: 'читаются', many: 'читаются' })} ещё ${n} ${plural(n, { one: 'файл', few: 'файла', many: 'файлов' })} с этими заголовками`,
  pressButtons: 'Выберите, что в колонках, кнопками выше. Передумали: /cancel',
}
