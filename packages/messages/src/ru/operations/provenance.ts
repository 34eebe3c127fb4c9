import type { StatusRule } from '@atermtrack/domain'
import { duration, plural } from '../words.ts'

/** The facts that the rules of a status compare. */
export interface StatusFacts {
  readonly operation: string
  readonly station: string
  /** From the operation to the time of the report. */
  readonly idleMinutes: number
  readonly standingAfterMinutes: number
}

const rules: Readonly<Record<StatusRule, (facts: StatusFacts) => string>> = {
  unloaded_at_destination: ({ operation, station }) =>
    `операция «${operation}» на станции назначения ${station} означает выгрузку.`,
  at_destination: ({ operation, station }) =>
    `${station}: это станция назначения, а операция «${operation}» ещё не выгрузка.`,
  waits_at_origin: ({ operation, station }) =>
    `${station}: это станция отправления, поезда в строке нет, и «${operation}» не отправление.`,
  abandoned_now: ({ operation }) => `операция «${operation}» означает, что поезд брошен.`,
  abandoned_before: ({ station }) =>
    `на станции ${station} контейнер бросили раньше, и с тех пор его не подняли и не отправили.`,
  idle_for_long: ({ idleMinutes, standingAfterMinutes }) =>
    `от операции до времени отчёта прошло ${duration(idleMinutes)}, а больше ${duration(standingAfterMinutes)} значит «стоит».`,
  on_its_way: ({ station, idleMinutes, standingAfterMinutes }) =>
    `${station}: путь ещё не окончен, поезд не брошен, от операции до времени отчёта прошло ${duration(idleMinutes)}, не больше ${duration(standingAfterMinutes)}.`,
}

const absences: Readonly<Record<'missing' | 'dropped', (since: string) => string>> = {
  missing: (since) => `в отчёте того же отправителя на ${since} его уже нет.`,
  dropped: (since) => `в отчётах того же отправителя с ${since} его нет, это больше недели.`,
}

export const provenance = {
  command: 'Что бот видит: откуда данные о контейнере',
  button: '🔎 Что бот видит',
  ask: 'Пришлите номер контейнера, и я покажу каждую строку файлов, где он есть, и почему состояние такое.',
  badNumber: 'Это не номер контейнера. Нужны 4 буквы и 7 цифр. Выйти: /cancel',
  title: (container: string) => `🔎 <b>Что бот видит: <code>${container}</code></b>`,
  state: (status: string) => `Состояние: ${status}`,
  why: (reason: string) => `Почему: ${reason}`,
  before: (reason: string) => `Если бы не это: ${reason}`,
  rules,
  absences,
  noPosition: 'Железная дорога о нём не сообщала: положения нет.',
  from: (place: string) => `Положение взято отсюда: ${place}`,
  files: (count: number) =>
    `<b>${count} ${plural(count, { one: 'файл говорит', few: 'файла говорят', many: 'файлов говорят' })} о нём</b>, новые сверху`,
  noFiles: 'Ни в одном прочитанном файле его нет.',
  formed: (time: string) => `отчёт на ${time}`,
  received: (time: string) => `получен ${time}`,
  place: (sheet: string | undefined, row: number) =>
    sheet === undefined ? `строка ${row}` : `лист «${sheet}», строка ${row}`,
  moreRows: (rows: readonly number[], others: number) =>
    `ещё строки: ${rows.join(', ')}${others > 0 ? ` и ещё ${others}` : ''}`,
  notKept: 'строки этого файла больше не хранятся',
  inTrain: (train: string) => `в списке поезда ${train}`,
  atTerminal: (terminal: string) => `на терминале ${terminal}`,
  atUnnamedTerminal: 'на терминале',
  backToCard: '‹ К карточке',
}
