import { plural } from '../words.ts'

/** What is said of people's own workbooks, and within them. */
export const annotation = {
  columns: {
    lateness: 'К сроку',
    terminal: 'Терминал',
  },
  /** The headings of releases before, by which their columns are known where nothing else tells. */
  formerColumns: {
    state: 'Состояние',
    station: 'Станция',
    operatedAt: (zone: string) => `Время операции (${zone})`,
    arrival: 'Прогноз прибытия',
    arrivedAt: (zone: string) => `Прибыл (${zone})`,
    asOf: (zone: string) => `Данные на (${zone})`,
  },
  onSite: 'на терминале',
  left: 'ушёл с терминала',
  leftAt: (terminal: string, day: string) => `${terminal}, ушёл ${day}`,
  since: (terminal: string, day: string) => `${terminal}, с ${day}`,
  onList: (train: string) => `в списке поезда ${train}`,
  unknown: 'не найден',
  wrongDigit: 'не найден: контрольная цифра не сходится',
  mistyped: 'опечатка в номере',
  perhaps: (what: string, numbers: string) => `${what}; возможно, ${numbers}`,
  suffix: 'статусы',
  found: (found: number, asked: number) =>
    `Найдено ${found} из ${asked} ${plural(asked, { one: 'контейнера', few: 'контейнеров', many: 'контейнеров' })}`,
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
