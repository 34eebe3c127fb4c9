import type { PersonHandle, Sandbox, SeenMessage } from '@atermtrack/sandbox'

/** A person's conversation with the bot, printed as it goes on. */
export interface Conversation {
  readonly say: (text: string) => Promise<void>
  /** Presses the newest button whose label matches, and waits until the bot has answered it. */
  readonly press: (label: RegExp) => Promise<void>
  /** Waits for the bot's next message that this conversation has not returned. Throws when none comes in time. */
  readonly awaitMessage: (where?: (message: SeenMessage) => boolean) => Promise<SeenMessage>
  /** Waits for the next document and returns its bytes. */
  readonly receive: () => Promise<ReceivedDocument>
}

export interface ReceivedDocument {
  readonly fileName: string
  readonly bytes: Buffer
}

/** The time limit of a document, which two services build and send. */
const documentTimeoutMs = 20_000

export function startConversation(sandbox: Sandbox, person: PersonHandle): Conversation {
  const name = person.user.first_name
  let seenRevision = 0
  async function awaitMessage(
    where: (message: SeenMessage) => boolean = () => true,
    timeoutMs = 10_000,
  ): Promise<SeenMessage> {
    const message = await person.waitForReply({ after: seenRevision, where, timeoutMs })
    seenRevision = message.revision
    print(message)
    return message
  }
  return {
    async say(text) {
      console.log(`${name}: ${indented(text)}`)
      await person.say(text)
    },
    async press(label) {
      let text = ''
      const press = await person.press((button) => {
        if (!label.test(button.text)) return false
        text = button.text
        return true
      })
      console.log(`${name}: presses [${text}]`)
      // A key of the reply keyboard sends an ordinary message; the bot answers only presses of buttons under messages.
      if (press.queryId === '') return
      const answer = await person.waitForAnswer(press)
      if (answer.text !== '') console.log(`bot:  (passing note) ${answer.text}`)
    },
    awaitMessage,
    async receive() {
      const { document } = await awaitMessage((message) => message.document !== undefined, documentTimeoutMs)
      const file = document && sandbox.file(document.file_id)
      if (!document || !file) throw new Error('the document cannot be downloaded')
      return { fileName: document.file_name, bytes: file.bytes }
    },
  }
}

function print({ text, caption, document, reply_markup: buttons, reply_keyboard: keys }: SeenMessage) {
  const lines = [
    ...(document ? [`📎 ${document.file_name}, ${document.file_size} bytes`] : []),
    text ?? caption ?? '',
    ...(buttons?.inline_keyboard ?? []).map(labels),
    ...(keys?.keyboard ?? []).map(labels),
  ]
  console.log(`bot:  ${indented(lines.filter((line) => line !== '').join('\n'))}`)
}

function labels(row: readonly { readonly text: string }[]): string {
  return row.map(({ text }) => `[${text}]`).join(' ')
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n      ')
}
