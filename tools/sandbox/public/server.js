import { words } from './words.js'

/** Calls the sandbox's control API; throws with the server's words when it refuses. */
export async function call(method, path, body) {
  const isForm = body instanceof FormData
  const response = await fetch(`/sandbox/${path}`, {
    method,
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
    ...(body && !isForm && { headers: { 'content-type': 'application/json' } }),
  })
  const result = await response.json()
  if (!response.ok) throw new Error(result.error ?? words.answered(response.status))
  return result
}

export function fileUrl(fileId) {
  return `/sandbox/files/${encodeURIComponent(fileId)}`
}

/** Listens to everything that happens in the sandbox; `onOpen` is called at first and after each break. */
export function listen(onEvent, onOpen) {
  const source = new EventSource('/sandbox/events')
  source.addEventListener('message', ({ data }) => onEvent(JSON.parse(data)))
  source.addEventListener('open', onOpen)
}
