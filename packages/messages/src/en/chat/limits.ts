import type { limits as ru } from '../../ru/chat/limits.ts'

export const limits: typeof ru = {
  questions: (limit, rest) =>
    `That is too many questions: I answer one person up to ${limit} times a minute. Please go on in ${rest}.`,
  group: (limit, rest) =>
    `That is too many questions: I answer one group up to ${limit} times a minute. Please go on in ${rest}.`,
  files: (limit, rest) =>
    `That is too many files: I take up to ${limit} an hour from one person. Please send this one and any others in ${rest}.`,
  bytes: (megabytes, rest) =>
    `These files are too large: I take up to ${megabytes} MB a day from one person. Please send this one and any others in ${rest}.`,
  seconds: (n) => `${n} s`,
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} h`,
}
