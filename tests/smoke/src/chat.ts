import { waitUntil } from '@atermtrack/testkit'

interface ShownMessage {
  readonly message_id: number
  readonly text?: string
  readonly caption?: string
  readonly document?: { readonly file_name?: string }
  readonly from?: { readonly is_bot: boolean }
}

/** A person of the sandbox in a container, through its control API. */
export interface Chat {
  /** Sends a text and resolves with the first answer that `isWanted` accepts, its text or its caption. */
  readonly ask: (text: string, isWanted: (answer: string) => boolean, options?: AskOptions) => Promise<string>
}

interface AskOptions {
  readonly timeoutMs?: number
  /** Whether the answer is a file. */
  readonly isFile?: boolean
}

const answerMs = 60_000

export function openChat(root: string, personId: number): Chat {
  const path = `${root}/sandbox/chats/${personId}`
  const listAnswers = async () => {
    const { messages } = await call<{ readonly messages: readonly ShownMessage[] }>(`${path}/messages`)
    return messages.filter(({ from }) => from?.is_bot === true)
  }
  return {
    async ask(text, isWanted, { timeoutMs = answerMs, isFile = false } = {}) {
      const last = (await listAnswers()).at(-1)?.message_id ?? 0
      await call(`${path}/say`, { text })
      let found = ''
      const hasAnswered = async () => {
        const answers = (await listAnswers()).filter((message) => message.message_id > last)
        const answer = answers.find(
          (message) => (message.document !== undefined) === isFile && isWanted(wordsOf(message)),
        )
        found = answer ? wordsOf(answer) : ''
        return answer !== undefined
      }
      await waitUntil(hasAnswered, { what: `an answer to “${text.slice(0, 60)}”`, timeoutMs })
      return found
    },
  }
}

function wordsOf({ text, caption }: ShownMessage): string {
  return text ?? caption ?? ''
}

async function call<Answer>(url: string, body?: unknown): Promise<Answer> {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(url, body === undefined ? {} : options)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}
