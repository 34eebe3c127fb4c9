import {
  cityZones,
  type ContainerNumber,
  parseContainerNumber,
  parseTrainCode,
  type TrainCode,
} from '@atermtrack/domain'

/** Returned by `read` for a text that no button of ours carries. */
export const bad: unique symbol = Symbol('bad')

/** Writes and reads one part of a button's data. A button is made from `In`, and its handler gets `Out`. */
export interface Parameter<Out, In = Out> {
  /** Undefined omits the part. Only the last parts of an action may be omitted. */
  readonly write: (value: In) => string | undefined
  /** The text is undefined when the part is omitted. */
  readonly read: (text: string | undefined) => Out | typeof bad
}

/** The id of a row. */
export const rowId: Parameter<number> = {
  write: String,
  read: (text) => parseRowId(text) ?? bad,
}

/** The id of a row, or none, which buttons encode as 0. */
export const rowIdOrNone: Parameter<number | undefined> = {
  write: (id) => String(id ?? 0),
  read: (text) => (text === undefined || text === '0' ? undefined : (parseRowId(text) ?? bad)),
}

/** A count of things, or a place among them. */
export const count: Parameter<number> = {
  write: String,
  read: (text) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : bad),
}

/** The number of a page, from 0, which is also the default. The view corrects a page beyond the last. */
export const pageNumber: Parameter<number, number | undefined> = {
  write: (page) => page?.toString(),
  read: (text = '0') => (/^\d{1,6}$/.test(text) ? Number(text) : bad),
}

/** A word of the characters that Telegram allows in button data; the feature knows its meaning. */
export const token: Parameter<string> = {
  write: (text) => text,
  read: (text) => text ?? bad,
}

/** The number of a container. */
export const containerNumber: Parameter<ContainerNumber, string> = {
  write: (number) => number,
  read: (text = '') => parseContainerNumber(text) ?? bad,
}

/** The code of a train, without the Cyrillic letter that buttons cannot carry. */
export const trainCode: Parameter<TrainCode, string> = {
  write: (code) => code.slice(1),
  read: (text = '') => parseTrainCode(`К${text}`) ?? bad,
}

/** A time of the day such as `08:30`, without the colon that separates the parts. */
export const timeOfDay: Parameter<string> = {
  write: (time) => time.replace(':', ''),
  read: (text = '') => (/^\d{4}$/.test(text) ? `${text.slice(0, 2)}:${text.slice(2)}` : bad),
}

/** A zone of the list of cities. The data of a button cannot hold a slash, so it names only the city. */
export const cityZone: Parameter<string> = {
  write: (name) => name.slice(name.lastIndexOf('/') + 1),
  read: (text) => cityZones.find((known) => cityZone.write(known) === text) ?? bad,
}

/** A moment, in milliseconds. */
export const moment: Parameter<Date> = {
  write: (at) => String(at.getTime()),
  read: (text) => (text !== undefined && /^\d{1,13}$/.test(text) ? new Date(Number(text)) : bad),
}

/** One of a few words. */
export function oneOf<Word extends string>(...words: readonly Word[]): Parameter<Word> {
  return { write: (word) => word, read: (text) => words.find((word) => word === text) ?? bad }
}

/** A part that may be omitted. */
export function optional<Out, In>({ write, read }: Parameter<Out, In>): Parameter<Out | undefined, In | undefined> {
  return {
    write: (value) => (value === undefined ? undefined : write(value)),
    read: (text) => (text === undefined ? undefined : read(text)),
  }
}

function parseRowId(text: string | undefined): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return undefined
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : undefined
}
