import { join } from 'node:path'
import { people, type PersonRole } from '@atermtrack/data'
import { type RunningSystem, startConversation, untilAllImported } from '@atermtrack/launcher'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import type { Camera } from './camera.ts'
import { findProps } from './find-props.ts'
import type { Language, Scene } from './scene.ts'
import { accessScene } from './scenes/access.ts'
import { adminScenes } from './scenes/admin.ts'
import { scenes } from './scenes/scenes.ts'

export interface Studio {
  readonly camera: Camera
  /** The folder of the pictures, which are named `<scene>.<language>.png`. */
  readonly folder: string
  readonly signal: AbortSignal
}

const names: Readonly<Record<Language, string>> = { ru: 'Анна', en: 'Anna' }

/** Plays every scene in both languages, each with a new person, and takes a picture of each. */
export async function takePictures(system: RunningSystem, studio: Studio): Promise<void> {
  const { sandbox, db, inboxDir, failed } = system
  if (!sandbox) throw new Error('pictures are taken in the sandbox')
  const enough = AbortSignal.any([studio.signal, AbortSignal.timeout(180_000)])
  await Promise.race([untilAllImported(db, inboxDir, enough), failed])
  const props = await findProps(db)
  for (const language of ['ru', 'en'] as const) {
    for (const scene of [accessScene(sandbox), ...scenes, ...adminScenes]) {
      studio.signal.throwIfAborted()
      const person = sandbox.person({ name: names[language], languageCode: language })
      if (scene.name !== 'access') await letIn(system, person, scene.role)
      console.log(`\n== ${scene.name}, ${language}`)
      await scene.act({ talk: startConversation(sandbox, person), person }, props, language)
      await shoot(sandbox, person, { ...studio, scene, language })
    }
  }
}

async function letIn(
  { db }: RunningSystem,
  { id: telegramId, user }: PersonHandle,
  role: PersonRole = 'viewer',
): Promise<void> {
  const language = user.language_code === 'en' ? 'en' : 'ru'
  await people.ensure(db, { telegramId, firstName: user.first_name, lastName: null, username: null, language })
  await people.grant(db, telegramId, role)
}

interface Shot extends Studio {
  readonly scene: Scene
  readonly language: Language
}

async function shoot(sandbox: Sandbox, { id: chatId }: PersonHandle, shot: Shot): Promise<void> {
  const path = join(shot.folder, `${shot.scene.name}.${shot.language}.png`)
  await shot.camera.take({ pageUrl: sandbox.pageUrl, chatId, path, language: shot.language })
}
