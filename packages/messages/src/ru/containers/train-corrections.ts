import { containers, plural } from '../words.ts'

const lists = (count: number) => `${count} ${plural(count, { one: 'список', few: 'списка', many: 'списков' })}`

export const trainCorrections = {
  title: (code: string) => `✏️ <b>Поправить поезд</b> ${code}`,
  destinationIs: (name: string) => `Назначение: ${name}`,
  noDestination: 'не указано',
  dateIs: (time: string) => `Дата: ${time}`,
  containersAre: (count: number) => `В списке ${containers(count)}`,
  newerWins: 'Когда придёт новый список этого поезда, назначение и дата будут из него.',
  correct: '✏️ Поправить',
  changeDestination: '📍 Назначение',
  changeDate: '📅 Дата',
  changeCode: '🔤 Код',
  remove: '🗑 Удалить',
  back: '‹ К поезду',
  keep: '‹ Не удалять',
  askDestination: (code: string) => `Куда идёт поезд ${code}? Пришлите станцию назначения. Передумали: /cancel`,
  askDate: (code: string) =>
    `Какого числа отправлен поезд ${code}? Например: 28.08.2025, 28.08.2025 14:30 или «вчера». Передумали: /cancel`,
  askCode: (code: string) => `Какой код у поезда ${code} на самом деле? Например: К25-074. Передумали: /cancel`,
  badDestination: 'Пришлите название станции текстом, не длиннее 60 знаков.',
  badDate: 'Не понял дату. Напишите, например, 28.08.2025 или 28.08.2025 14:30. Будущая дата не подойдёт.',
  badCode: 'Пришлите новый код целиком, например К25-074.',
  earlierThanAnother:
    'У этого поезда есть другой список, не старше этой даты: тогда считался бы он. Пришлите дату позже.',
  codeIsTaken: (code: string) => `Код ${code} уже у другого поезда. Пришлите другой.`,
  redirected: (code: string, destination: string) => `✅ Поезд ${code}: назначение теперь ${destination}.`,
  dated: (code: string) => `✅ Поезд ${code}: дата исправлена.`,
  renamed: (from: string, to: string) => `✅ Поезд ${from} теперь ${to}. Подписки и списки почты перешли на новый код.`,
  askRemove: (code: string, containerCount: number, listCount: number) =>
    [
      `🗑 <b>Удалить поезд ${code}?</b>`,
      `Уйдёт ${lists(listCount)}; в последнем ${containers(containerCount)}.`,
      'Позиции и история контейнеров останутся. Подписки на поезд подождут нового списка. Файлы списков вернутся в /workbooks: администратор сможет принять их снова.',
    ].join('\n'),
  confirmRemove: (count: number) => `🗑 Удалить, ${containers(count)}`,
  removed: (code: string, count: number) => `🗑 Поезд ${code} удалён: ${containers(count)} больше не в нём.`,
  changed: 'Список поезда успел измениться',
  gone: (code: string) => `Поезда ${code} уже нет.`,
}
