import type { Scene } from '../scene.ts'

const broadcastText = {
  ru: 'Коллеги, завтра с 9:00 до 10:00 отчёт придёт позже обычного.',
  en: 'Dear all, tomorrow between 9:00 and 10:00 the report comes later than usual.',
}

/** Scenes of admins. */
export const adminScenes: readonly Scene[] = [
  {
    name: 'admin-menu',
    role: 'admin',
    async act({ talk }) {
      await talk.say('/admin')
      await talk.awaitMessage()
    },
  },
  {
    name: 'person-card',
    role: 'admin',
    async act({ talk }) {
      await talk.say('/people')
      await talk.awaitMessage()
      await talk.press(/ · /)
      await talk.awaitMessage()
    },
  },
  {
    name: 'statistics',
    role: 'admin',
    async act({ talk }) {
      await talk.say('/stats')
      await talk.awaitMessage()
      await talk.press(/📊/)
      await talk.awaitMessage(({ photo }) => photo !== undefined)
    },
  },
  {
    name: 'broadcast',
    role: 'admin',
    async act({ talk }, _props, language) {
      await talk.say('/broadcast')
      await talk.awaitMessage()
      await talk.say(broadcastText[language])
      await talk.awaitMessage(({ reply_markup: buttons }) => buttons !== undefined)
    },
  },
]
