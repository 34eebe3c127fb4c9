/** The descriptors of a pooled process: tasks and answers; and a line that says nothing and ends with the parent. */
export const taskLine = 3
export const lifeline = 4

/** The argument of a process that is started before there is a task for it. */
export const early = 'early'

/** The message of the process at the end of a task. */
export type Reply =
  | {
      readonly kind: 'answer'
      readonly answer: unknown
      /** Memory of the process at the end of the task. */
      readonly residentBytes: number
    }
  | { readonly kind: 'failure'; readonly error: Error }
