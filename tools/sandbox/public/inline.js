import { call } from './server.js'
import { act, selectedChat, speakerOf, store } from './store.js'
import { showSuggestions } from './suggestions.js'
import { words } from './words.js'

// People type a number in a second or two; one query asks for all of it.
const pauseMs = 300
let asked
let timer

/** The question in `@bot question`; undefined for any other text. */
export function inlineQueryOf(text) {
  const mention = `@${store.bot.username} `
  return text.toLowerCase().startsWith(mention.toLowerCase()) ? text.slice(mention.length).trim() : undefined
}

/** Asks the bot about what is being typed, once the person pauses. */
export function askInline(query, run) {
  clearTimeout(timer)
  asked = undefined
  timer = setTimeout(() => run(() => ask(query)), pauseMs)
}

/** Forgets the question: its answer is not shown any more. */
export function stopInline() {
  clearTimeout(timer)
  asked = undefined
}

async function ask(query) {
  const { queryId } = await act('inline', { query })
  asked = { queryId, chatId: store.selectedId }
  const early = answers.get(queryId)
  if (early) early()
}

const answers = new Map()

/** Shows the results that the bot offers; choosing one sends it into the chat. */
export function showInlineAnswer({ queryId, results, button }, { run, onSent, openStart }) {
  const show = () => {
    answers.clear()
    const chat = selectedChat()
    const send = async (resultId) => {
      onSent()
      await call('POST', `chats/${chat.chat.id}/inline-result`, {
        person_id: speakerOf(chat),
        query_id: queryId,
        result_id: resultId,
      })
    }
    showSuggestions(words.inlineResults, [
      ...(button ? [{ title: button.text, choose: () => run(() => openStart(button.start_parameter)) }] : []),
      ...results.map(({ id, title, description }) => ({ title, hint: description, choose: () => run(() => send(id)) })),
    ])
  }
  // The answer may come before the response to the question.
  if (asked?.queryId === queryId && asked.chatId === store.selectedId) show()
  else answers.set(queryId, show)
}
