import { type Language, pluralRu } from '@atermtrack/domain'

const ru = {
  columns: {
    state: 'Состояние',
    station: 'Станция',
    road: 'Дорога',
    operation: 'Операция',
    operatedAt: (zone: string) => `Время операции (${zone})`,
    idleHours: 'Простой (ч)',
    kmLeft: 'Осталось, км',
    arrival: 'Прогноз прибытия',
    arrivedAt: (zone: string) => `Прибыл (${zone})`,
    train: 'Поезд',
    wagon: 'Вагон',
    terminal: 'Терминал',
    asOf: (zone: string) => `Данные на (${zone})`,
  },
  onSite: 'на терминале',
  since: (terminal: string, day: string) => `${terminal}, с ${day}`,
  onList: (train: string) => `в списке поезда ${train}`,
  unknown: 'не найден',
  wrongDigit: 'не найден: контрольная цифра не сходится',
  mistyped: 'опечатка в номере',
  perhaps: (what: string, numbers: string) => `${what}; возможно, ${numbers}`,
  suffix: 'статусы',
  found: (found: number, asked: number) =>
    `Найдено ${found} из ${asked} ${pluralRu(asked, 'контейнера', 'контейнеров', 'контейнеров')}`,
  noneFound: 'В наших отчётах нет ни одного контейнера из этого файла',
  unknownNumbers: (n: number, numbers: string) => `🟨 Не найдены (${n}): ${numbers}`,
  mistypedNumbers: (n: number, numbers: string) => `🟥 С опечаткой (${n}): ${numbers}`,
  more: (n: number) => ` и ещё ${n}`,
  sheets: (names: string) => `Листы: ${names}`,
  headings: (names: string) => `Заголовков над номерами нет. Добавленные колонки: ${names}`,
  files: (names: string) => `Файлы: ${names}`,
  skipped: (files: string) => `Не дополнены: ${files}`,
  skippedFile: (name: string, why: string) => `${name} — ${why}`,
  notKept:
    '⚠️ Этот файл пришлось записать заново: значения прежние, а оформление, формулы, макросы, диаграммы и сводные таблицы не сохранились. Чтобы они остались, сохраните его в Excel как .xlsx или .xlsm и пришлите снова.',
  notKeptOf: (names: string) =>
    `⚠️ Записаны заново, от них остались только значения: ${names}. Чтобы осталось всё, сохраните их в Excel как .xlsx или .xlsm.`,
  wasText: 'В CSV нет оформления, поэтому он вернулся файлом Excel.',
  nested: 'архив в архиве: пришлите его отдельно',
  noColumn: 'нет колонки с номерами контейнеров',
  noFiles: (name: string) => `В архиве «${name}» нет таблицы с номерами контейнеров.`,
  refused: (name: string, reason: string) => `Не получилось дополнить файл «${name}»: ${reason}.`,
  noNumbers: (name: string) =>
    `В файле «${name}» нет колонки с номерами контейнеров. Я искал в первых строках заголовок вроде «Контейнер» или «Номер контейнера», а без него — колонку, где большинство ячеек похоже на MSKU6011672.`,
  failed: (name: string) =>
    `Не получилось дополнить файл «${name}». Мы уже знаем об этом. Пришлите его, пожалуйста, ещё раз позже.`,
}

const en: typeof ru = {
  columns: {
    state: 'Status',
    station: 'Station',
    road: 'Railway',
    operation: 'Operation',
    operatedAt: (zone) => `Operation time (${zone})`,
    idleHours: 'Idle (h)',
    kmLeft: 'Km left',
    arrival: 'Arrival forecast',
    arrivedAt: (zone) => `Arrived (${zone})`,
    train: 'Train',
    wagon: 'Wagon',
    terminal: 'Terminal',
    asOf: (zone) => `Data as of (${zone})`,
  },
  onSite: 'at the terminal',
  since: (terminal, day) => `${terminal}, since ${day}`,
  onList: (train) => `on the list of train ${train}`,
  unknown: 'not found',
  wrongDigit: 'not found: the check digit is wrong',
  mistyped: 'mistyped number',
  perhaps: (what, numbers) => `${what}; perhaps ${numbers}`,
  suffix: 'statuses',
  found: (found, asked) => `Found ${found} of ${asked} ${asked === 1 ? 'container' : 'containers'}`,
  noneFound: 'Our reports hold none of the containers in this file',
  unknownNumbers: (n, numbers) => `🟨 Not found (${n}): ${numbers}`,
  mistypedNumbers: (n, numbers) => `🟥 Mistyped (${n}): ${numbers}`,
  more: (n) => ` and ${n} more`,
  sheets: (names) => `Sheets: ${names}`,
  headings: (names) => `There are no headings above the numbers. Columns added: ${names}`,
  files: (names) => `Files: ${names}`,
  skipped: (files) => `Not completed: ${files}`,
  skippedFile: (name, why) => `${name} — ${why}`,
  notKept:
    '⚠️ This file had to be written anew: the values are the same, but formatting, formulas, macros, charts and pivot tables could not be kept. To keep them, save it in Excel as .xlsx or .xlsm and send it again.',
  notKeptOf: (names) =>
    `⚠️ Written anew, with nothing but their values: ${names}. To keep everything, save them in Excel as .xlsx or .xlsm.`,
  wasText: 'A CSV has no formatting, so it comes back as an Excel file.',
  nested: 'an archive within the archive: send it by itself',
  noColumn: 'it has no column of container numbers',
  noFiles: (name) => `The archive “${name}” has no table of container numbers.`,
  refused: (name, reason) => `The file “${name}” could not be completed: ${reason}.`,
  noNumbers: (name) =>
    `The file “${name}” has no column of container numbers. I looked in the first rows for a heading such as “Container”, and without one for a column where most cells look like MSKU6011672.`,
  failed: (name) => `The file “${name}” could not be completed. We know about it already. Please send it again later.`,
}

/** What is said of people's own workbooks, and within them. */
export const texts: Readonly<Record<Language, typeof ru>> = { ru, en }
