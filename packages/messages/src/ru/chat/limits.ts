/** The notices about limits; each is sent once within its window. */
export const limits = {
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
