import type { Scene } from '../scene.ts'
import { foreignReport, ownWorkbook } from './own-workbook.ts'

/** The scenes of the guide in its order; buttons are found by their signs, which are the same in both languages. */
export const scenes: readonly Scene[] = [
  {
    name: 'start',
    async act({ talk }) {
      await talk.say('/start')
      await talk.awaitMessage(({ reply_markup: examples }) => examples !== undefined)
    },
  },
  {
    name: 'card',
    async act({ talk }, { containers: [container = ''] }) {
      await talk.say(container)
      await talk.awaitMessage()
    },
  },
  {
    name: 'list',
    async act({ talk }, { containers }) {
      const [first = '', ...others] = containers.slice(0, 4)
      // The last digit of the first number is missing.
      await talk.say([first.slice(0, -1), ...others].join(', '))
      await talk.awaitMessage()
    },
  },
  {
    name: 'many',
    async act({ talk }, { containers }) {
      await talk.say(containers.join('\n'))
      await talk.awaitMessage()
      await talk.receive()
    },
  },
  {
    name: 'train',
    async act({ talk }, { train }) {
      await talk.say(train)
      await talk.awaitMessage()
    },
  },
  {
    name: 'terminal',
    async act({ talk }, _props, language) {
      await talk.say(language === 'ru' ? 'терминал' : 'terminal')
      await talk.awaitMessage()
    },
  },
  {
    name: 'question',
    async act({ talk }, _props, language) {
      await talk.say(language === 'ru' ? 'что стоит больше 1 суток' : 'standing over 1 day')
      await talk.awaitMessage()
    },
  },
  {
    name: 'annotate',
    async act({ talk, person }, { containers }, language) {
      await person.sendDocument(await ownWorkbook(containers, language))
      await talk.receive()
    },
  },
  {
    name: 'history',
    async act({ talk }, { containers: [container = ''] }) {
      await talk.say(container)
      await talk.awaitMessage()
      await talk.press(/🕓/)
      await talk.awaitMessage()
    },
  },
  {
    name: 'subscription',
    async act({ talk }, { containers: [container = ''] }, language) {
      await talk.say(container)
      await talk.awaitMessage()
      await talk.press(/🔔/)
      await talk.awaitMessage()
      await talk.say(language === 'ru' ? '📂 Мои подписки' : '📂 My subscriptions')
      await talk.awaitMessage()
    },
  },
  {
    name: 'subscription-card',
    async act({ talk }, { containers: [container = ''] }, language) {
      await talk.say(container)
      await talk.awaitMessage()
      await talk.press(/🔔/)
      await talk.awaitMessage()
      await talk.say(language === 'ru' ? '📂 Мои подписки' : '📂 My subscriptions')
      await talk.awaitMessage()
      await talk.press(/ · /)
      await talk.awaitMessage()
    },
  },
  {
    name: 'columns',
    async act({ talk }, { containers: [container = ''] }, language) {
      await talk.say(container)
      await talk.awaitMessage()
      await talk.press(/🔔/)
      await talk.awaitMessage()
      await talk.say(language === 'ru' ? '📂 Мои подписки' : '📂 My subscriptions')
      await talk.awaitMessage()
      await talk.press(/ · /)
      await talk.awaitMessage()
      await talk.press(/⚙️/)
      await talk.awaitMessage()
      await talk.press(/🧾/)
      await talk.awaitMessage()
    },
  },
  {
    name: 'attention',
    async act({ talk }) {
      await talk.say('/attention')
      await talk.awaitMessage()
    },
  },
  {
    name: 'changes',
    async act({ talk }, _props, language) {
      await talk.say(language === 'ru' ? 'что изменилось за сутки' : 'what has changed in 24 hours')
      await talk.awaitMessage()
    },
  },
  {
    name: 'settings',
    async act({ talk }) {
      await talk.say('/settings')
      await talk.awaitMessage()
    },
  },
  {
    name: 'privacy',
    async act({ talk }) {
      await talk.say('/privacy')
      await talk.awaitMessage()
      await talk.press(/📤/)
      await talk.receive()
    },
  },
  {
    name: 'unknown-layout',
    role: 'admin',
    async act({ talk, person }, { containers }, language) {
      await person.sendDocument(await foreignReport(containers, language))
      await talk.awaitMessage(({ reply_markup: buttons }) => /🎓/.test(JSON.stringify(buttons ?? null)))
      await talk.press(/🎓/)
      await talk.awaitMessage(({ text }) => text?.startsWith('🎓') ?? false)
    },
  },
]
