import { broadcasts, dialogs, readNow } from '@atermtrack/data'
import { languageOf } from '@atermtrack/messages'
import { JobDelayed } from '@atermtrack/queue'
import { draftView, readPanel } from '../features/broadcast/draft-view.ts'
import { albumStep } from '../features/broadcast/steps.ts'
import { TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'
import type { BroadcastJob } from './broadcast-job.ts'
import { classifyRefusal } from './classify-refusal.ts'

const againMs = 5_000

/**
 * Shows an album to its author, with the panel below it, once no further part has come for a while. A process that dies in between leaves the
 * preview to the next one, which shows it again.
 */
export async function previewAlbum(draft: broadcasts.Broadcast, job: BroadcastJob): Promise<void> {
  const { db, logger } = job
  const { id, previewDueAt, revision, chatId, authorId: personId } = draft
  if (!previewDueAt) return
  const restMs = previewDueAt.getTime() - (await readNow(db)).getTime()
  if (restMs > 0) throw new JobDelayed(restMs)
  try {
    await show(draft, job)
  } catch (error) {
    if (error instanceof TelegramUnreachable) throw new JobDelayed(againMs)
    if (!(error instanceof TelegramRefusal)) throw error
    const meaning = classifyRefusal(error)
    if (meaning.kind === 'wait') throw new JobDelayed(meaning.ms)
    logger.error({ err: error }, 'the preview of an album was refused')
  }
  // Parts that came meanwhile are shown with the next preview.
  if (!(await broadcasts.endPreview(db, id, { revision }))) throw new JobDelayed(againMs)
  await dialogs.removeAt(db, { chatId, personId }, { kind: albumStep.step, broadcastId: id })
}

async function show(draft: broadcasts.Broadcast, { db, api, policy, scheduleZone }: BroadcastJob): Promise<void> {
  const { content, chatId } = draft
  if (!content) return
  const language = languageOf(draft.language)
  await api.call(content.method, { chat_id: chatId, ...content.payload })
  const panel = await readPanel(db, draft, { policy, language })
  const { html, keyboard } = draftView(panel, { language, zone: draft.zone ?? scheduleZone })
  await api.call('sendMessage', { chat_id: chatId, text: html, parse_mode: 'HTML', reply_markup: keyboard })
}
