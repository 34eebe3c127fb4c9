import { type Language, pluralRu } from '@atermtrack/domain'

const ru = {
  title: 'Что в колонках?',
  header: (row: number, text: string) => `Заголовки (строка ${row}): ${text}`,
  hint: '✓ обязательная колонка названа. Нажмите букву колонки, чтобы сказать, что в ней.',
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
    `Готово. Так же ${pluralRu(n, 'читается', 'читаются', 'читаются')} ещё ${n} ${pluralRu(n, 'файл', 'файла', 'файлов')} с этими заголовками`,
  pressButtons: 'Выберите, что в колонках, кнопками выше. Передумали: /cancel',
}

const en: typeof ru = {
  title: 'What do the columns hold?',
  header: (row: number, text: string) => `Headings (row ${row}): ${text}`,
  hint: '✓ marks a required column that is named. Press the letter of a column to say what it holds.',
  noHeading: 'no heading',
  unread: 'leave out',
  column: (letters: string) => `What does column <b>${letters}</b> hold?`,
  samples: 'For instance',
  missing: (headings: string) => `Missing: ${headings}`,
  stillMissing: (headings: string) => `⏳ Still to name: ${headings}`,
  save: '💾 Save and import',
  headerUp: '⬆️ Header above',
  headerDown: '⬇️ Header below',
  back: '‹ Back',
  noHead: 'The first rows of this file are not kept. Press “Import again” and try once more.',
  likesToo: (n) =>
    `Done. ${n} more ${n === 1 ? 'file' : 'files'} with these headings ${n === 1 ? 'is' : 'are'} read so too`,
  pressButtons: 'Choose what the columns hold with the buttons above. To leave: /cancel',
}

/** What is said while an admin teaches a layout. The names of columns are the railway's own in every language. */
export const teachTexts: Readonly<Record<Language, typeof ru>> = { ru, en }
