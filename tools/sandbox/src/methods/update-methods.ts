import { ApiError, badRequest } from './api-error.ts'
import type { Method, MethodContext } from './method.ts'
import type { Params } from './params.ts'

/** Telegram's download limit, in bytes. */
const maxDownloadBytes = 20 * 1024 * 1024

const getUpdates: Method = ({ hub, webhook, params, signal }: MethodContext) => {
  if (webhook.isSet()) {
    throw new ApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
  const allowed = readAllowed(params)
  if (allowed) hub.allowed = allowed.length > 0 ? allowed : undefined
  return hub.poll({
    offset: params.integer('offset') ?? 0,
    limit: Math.min(Math.max(params.integer('limit') ?? 100, 1), 100),
    timeoutMs: Math.min(Math.max(params.integer('timeout') ?? 0, 0), 50) * 1000,
    signal,
  })
}

const setWebhook: Method = ({ hub, webhook, params }) => {
  const url = params.text('url') ?? ''
  const secretToken = params.text('secret_token')
  const maxConnections = params.integer('max_connections') ?? 40
  if (secretToken !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters')
  }
  if (maxConnections < 1 || maxConnections > 100) throw badRequest('max_connections is invalid')
  if (url !== '') checkWebhookUrl(url)
  if (params.flag('drop_pending_updates')) hub.pending.clear()
  const allowed = readAllowed(params)
  if (allowed) hub.allowed = allowed.length > 0 ? allowed : undefined
  if (url === '') {
    webhook.clear()
    return true
  }
  hub.release()
  webhook.set({ url, maxConnections, ...(secretToken !== undefined && { secretToken }) })
  return true
}

const deleteWebhook: Method = ({ hub, webhook, params }) => {
  webhook.clear()
  if (params.flag('drop_pending_updates')) hub.pending.clear()
  return true
}

const getWebhookInfo: Method = ({ hub, webhook }) => ({
  ...webhook.info(),
  has_custom_certificate: false,
  pending_update_count: hub.pending.size,
  ...(hub.allowed && { allowed_updates: hub.allowed }),
})

const getFile: Method = ({ world, params }) => {
  const file = world.files.byId(params.text('file_id') ?? '')
  if (!file) throw badRequest('invalid file_id')
  if (file.size > maxDownloadBytes) throw badRequest('file is too big')
  return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path }
}

export const updateMethods = { getUpdates, setWebhook, deleteWebhook, getWebhookInfo, getFile }

function readAllowed(params: Params): readonly string[] | undefined {
  return params.list('allowed_updates')?.map(String)
}

// Telegram wants HTTPS; plain HTTP is accepted on this machine, where no certificate is available.
function checkWebhookUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isLocal = parsed?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname)
  if (parsed?.protocol !== 'https:' && !isLocal) {
    throw badRequest('bad webhook: an HTTPS URL must be provided for webhook')
  }
}
