import type { RunningSystem } from '../launch.ts'
import { exampleContainers, untilNewestImported } from '../simulated-inbox.ts'
import { type Conversation, startConversation } from './conversation.ts'
import { openWorkbook } from './open-workbook.ts'

/** More numbers than the bot lists in a message, so it answers with a workbook. */
const manyContainers = 12

/** Does the system's main job once as a person in the sandbox. Throws with the reason when anything is not as it should be. */
export async function walk({ sandbox, db, inboxDir, failed }: RunningSystem, signal: AbortSignal): Promise<void> {
  const [person] = sandbox?.persons() ?? []
  if (!sandbox || !person) throw new Error('a walk needs the sandbox')
  console.log('Waiting for the newest simulated report to be imported …')
  await Promise.race([
    untilNewestImported(db, inboxDir, AbortSignal.any([signal, AbortSignal.timeout(60_000)])),
    failed,
  ])
  const containers = await exampleContainers(db, manyContainers)
  if (containers.length < manyContainers) throw new Error(`only ${containers.length} containers were imported`)

  const talk = startConversation(sandbox, person)
  await Promise.race([walkThrough(talk, containers, signal), failed])
}

async function walkThrough(talk: Conversation, containers: readonly string[], signal: AbortSignal): Promise<void> {
  for (const step of [start, askForOne, askForMany, subscribe, askForReportNow, mistype]) {
    signal.throwIfAborted()
    console.log('')
    await step(talk, containers)
  }
}

async function start(talk: Conversation): Promise<void> {
  await talk.say('/start')
  await talk.awaitMessage(({ reply_markup: examples }) => examples !== undefined)
}

async function askForOne(talk: Conversation, [container = '']: readonly string[]): Promise<void> {
  await talk.say(container)
  const { text } = await talk.awaitMessage()
  expectText(text, container)
}

async function askForMany(talk: Conversation, containers: readonly string[]): Promise<void> {
  await talk.say(containers.join('\n'))
  const { text } = await talk.awaitMessage()
  expectText(text, `${containers.length} из ${containers.length}`)
  await expectWorkbook(talk, containers)
}

async function subscribe(talk: Conversation, containers: readonly string[]): Promise<void> {
  await talk.press(/Мои подписки/)
  await talk.awaitMessage()
  await talk.press(/Создать/)
  await talk.awaitMessage()
  await talk.say('Проба')
  await talk.awaitMessage()
  await talk.say(containers.slice(0, 3).join(', '))
  await talk.awaitMessage()
  await talk.press(/Дальше/)
  await talk.awaitMessage()
  await talk.press(/09:00 и в 16:00/)
  await talk.awaitMessage()
  await talk.press(/Сохранить/)
  const { text } = await talk.awaitMessage()
  expectText(text, 'создана')
}

async function askForReportNow(talk: Conversation, containers: readonly string[]): Promise<void> {
  await talk.press(/Мои подписки/)
  await talk.awaitMessage()
  await talk.press(/^Проба/)
  await talk.awaitMessage()
  await talk.press(/Прислать сейчас/)
  await expectWorkbook(talk, containers.slice(0, 3))
}

async function mistype(talk: Conversation, [container = '']: readonly string[]): Promise<void> {
  const wrong = `${container.slice(0, -1)}${(Number(container.at(-1)) + 1) % 10}`
  await talk.say(wrong)
  const { text } = await talk.awaitMessage()
  expectText(text, wrong)
  expectText(text, 'онтрольная цифра')
}

async function expectWorkbook(talk: Conversation, containers: readonly string[]): Promise<void> {
  const cells = await openWorkbook(await talk.receive())
  for (const container of containers) expectText(cells, container)
}

function expectText(text: string | undefined, wanted: string): void {
  if (!text?.includes(wanted)) throw new Error(`expected “${wanted}” in the bot's answer:\n${text ?? '(no text)'}`)
}
