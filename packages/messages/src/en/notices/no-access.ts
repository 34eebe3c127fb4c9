import type { noAccess as ru } from '../../ru/notices/no-access.ts'

export const noAccess: typeof ru = {
  stopped: (name: string | undefined) =>
    name === undefined ? 'I am not sending what you asked for: ' : `I am not sending “${name}”: `,
  because: {
    closed: 'your access to the bot was taken away. Your subscriptions wait and go on if you get it back.',
    approval:
      'access to the bot is now granted by an administrator. Ask for it: /start. Your subscriptions wait and go on once you have it.',
    group: 'this group gets no answers any more. An administrator of the bot decides.',
  },
  askAgain: 'Your rights changed while the answer was waiting to be sent, so I did not send it. Please ask again.',
}
