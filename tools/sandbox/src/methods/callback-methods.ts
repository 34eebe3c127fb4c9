import { badRequest } from './api-error.ts'
import type { Method } from './method.ts'
import { createParams, isRecord, textOf } from './params.ts'
import { readText } from './post.ts'
import { parseInlineMarkup } from './reply-markup.ts'
import type { InlineAnswer, InlineResult } from '../world/world.ts'

const maxAnswerLength = 200
const maxInlineResults = 50
const maxResultIdBytes = 64
const staleQuery = 'query is too old and response timeout expired or query ID is invalid'

const answerCallbackQuery: Method = ({ world, params, callbackTimeoutMs }) => {
  const queryId = params.text('callback_query_id') ?? ''
  const text = params.text('text') ?? ''
  if (text.length > maxAnswerLength) throw badRequest('MESSAGE_TOO_LONG')
  const callback = world.callbacks.get(queryId)
  if (!callback || world.now() - callback.pressedAt > callbackTimeoutMs) throw badRequest(staleQuery)
  const url = params.text('url')
  const answer = { queryId, text, showAlert: params.flag('show_alert'), ...(url !== undefined && { url }) }
  callback.answer = answer
  world.events.emit({ kind: 'callbackAnswer', chatId: callback.chatId, answer })
  return true
}

const answerInlineQuery: Method = ({ world, params }) => {
  const results = params.list('results')
  if (!results) throw badRequest('can\'t find field "results"')
  if (results.length > maxInlineResults) throw badRequest('RESULTS_TOO_MUCH')
  const ids = results.map((result) => (isRecord(result) ? textOf(result['id']) : ''))
  for (const id of ids) {
    const bytes = Buffer.byteLength(id)
    if (bytes < 1 || bytes > maxResultIdBytes) throw badRequest('RESULT_ID_INVALID')
  }
  if (new Set(ids).size < ids.length) throw badRequest('RESULT_ID_DUPLICATE')
  const queryId = params.text('inline_query_id') ?? ''
  const query = world.inlineQueries.get(queryId)
  if (!query || query.answer) throw badRequest(staleQuery)
  const button = readButton(params.json('button'))
  const answer = {
    queryId,
    results: results.map(readResult),
    ...(button && { button }),
    cacheTime: params.integer('cache_time') ?? 300,
    isPersonal: params.flag('is_personal'),
  }
  query.answer = answer
  world.events.emit({ kind: 'inlineAnswer', chatId: query.chatId, answer })
  return true
}

/** The sandbox knows articles, whose content is a text. */
function readResult(value: unknown): InlineResult {
  const result = isRecord(value) ? value : {}
  const input = result['input_message_content']
  if (result['type'] !== 'article' || !isRecord(input)) throw badRequest('the sandbox knows articles with text only')
  const title = textOf(result['title'])
  if (title === '') throw badRequest('title of the inline query result is empty')
  const markup = parseInlineMarkup(result['reply_markup'])
  const description = textOf(result['description'])
  const content = createParams({ ...input, text: input['message_text'] }, new Map())
  return {
    id: textOf(result['id']),
    title,
    ...(description !== '' && { description }),
    content: readText(content, 'MESSAGE_TOO_LONG'),
    ...(markup && { reply_markup: markup }),
  }
}

function readButton(value: unknown): InlineAnswer['button'] {
  if (!isRecord(value)) return undefined
  const parameter = textOf(value['start_parameter'])
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(parameter)) throw badRequest('PARAMETER_INVALID')
  return { text: textOf(value['text']), start_parameter: parameter }
}

export const callbackMethods = { answerCallbackQuery, answerInlineQuery }
