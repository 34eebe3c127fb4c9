import { badRequest } from './api-error.ts'
import type { Method } from './method.ts'
import { isRecord, textOf } from './params.ts'

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
  if (!world.inlineQueries.delete(params.text('inline_query_id') ?? '')) {
    throw badRequest(staleQuery)
  }
  return true
}

export const callbackMethods = { answerCallbackQuery, answerInlineQuery }
