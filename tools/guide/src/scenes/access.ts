import { startConversation } from '@atermtrack/launcher'
import type { Sandbox } from '@atermtrack/sandbox'
import type { Scene } from '../scene.ts'

const about = {
  ru: 'Анна, отдел логистики, слежу за отправками клиентов',
  en: 'Anna, logistics, I watch the shipments of our clients',
}

/** Somebody asks for access, and the admin, who is the first person of the sandbox, lets them in. */
export function accessScene(sandbox: Sandbox): Scene {
  return {
    name: 'access',
    async act({ talk, person }, _props, language) {
      const [admin] = sandbox.persons()
      if (!admin) throw new Error('the sandbox has no admin')
      const office = startConversation(sandbox, admin)
      await talk.say('/start')
      await talk.awaitMessage()
      await talk.press(/доступ|access/i)
      await talk.awaitMessage()
      await talk.say(about[language])
      await talk.awaitMessage()
      await office.awaitMessage(({ text }) => text?.includes(String(person.id)) ?? false)
      for (const choice of [/Принять/, /Наблюдатель/, /Без компании/]) {
        await office.press(choice)
        await office.awaitMessage()
      }
      await talk.awaitMessage()
    },
  }
}
