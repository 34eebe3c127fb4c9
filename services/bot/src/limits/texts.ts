import type { PersonLimits } from './limits.ts'

const ru = {
  questions: (limit: number, rest: string) =>
    `Вопросов слишком много: я отвечаю одному человеку не чаще ${limit} раз в минуту. Продолжим через ${rest}.`,
  group: (limit: number, rest: string) =>
    `Вопросов слишком много: в одной группе я отвечаю не чаще ${limit} раз в минуту. Продолжим через ${rest}.`,
  files: (limit: number, rest: string) =>
    `Файлов слишком много: от одного человека я беру не больше ${limit} в час. Этот и следующие пришлите, пожалуйста, через ${rest}.`,
  bytes: (megabytes: number, rest: string) =>
    `Файлы слишком велики: от одного человека я беру не больше ${megabytes} МБ в сутки. Этот и следующие пришлите, пожалуйста, через ${rest}.`,
  seconds: (n: number) => `${n} с`,
  minutes: (n: number) => `${n} мин`,
  hours: (n: number) => `${n} ч`,
}

const en: typeof ru = {
  questions: (limit, rest) =>
    `That is too many questions: I answer one person up to ${limit} times a minute. Please go on in ${rest}.`,
  group: (limit, rest) =>
    `That is too many questions: I answer one group up to ${limit} times a minute. Please go on in ${rest}.`,
  files: (limit, rest) =>
    `That is too many files: I take up to ${limit} an hour from one person. Please send this one and the next in ${rest}.`,
  bytes: (megabytes, rest) =>
    `These files are too large: I take up to ${megabytes} MB a day from one person. Please send this one and the next in ${rest}.`,
  seconds: (n) => `${n} s`,
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} h`,
}

/** The notices about limits; each is sent once within its window. */
export const texts = { ru, en }

/** How long is left, in whole units and never too short. */
export function restText(seconds: number, words: typeof ru): string {
  if (seconds < 60) return words.seconds(seconds)
  if (seconds < 3_600) return words.minutes(Math.ceil(seconds / 60))
  return words.hours(Math.ceil(seconds / 3_600))
}

const megabyte = 1024 * 1024

/** The sentence for what one person exceeds. */
export function personText(
  { what, restSeconds }: { readonly what: 'questions' | 'files' | 'bytes'; readonly restSeconds: number },
  { questionsPerMinute, filesPerHour, bytesPerDay }: PersonLimits,
  words: typeof ru,
): string {
  const rest = restText(restSeconds, words)
  if (what === 'questions') return words.questions(questionsPerMinute, rest)
  if (what === 'files') return words.files(filesPerHour, rest)
  return words.bytes(Math.floor(bytesPerDay / megabyte), rest)
}
