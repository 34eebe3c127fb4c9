import { broadcasts, dialogs, readNow } from '@atermtrack/data'
import { languageOf } from '@atermtrack/messages'
import { JobDelayed } from '@atermtrack/queue'
import { draftView, readPanel } from '../features/broadcast/draft-view.ts'
import { albumStep } from '../features/broadcast/steps.ts'
import { showAlbum } from '../features/people/writing-albums.ts'
import { TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'
import type { BroadcastJob } from './broadcast-job.ts'
import { classifyRefusal } from './classify-refusal.ts'

const againMs = 5_000

/**
 * Shows the album of a broadcast, or of a message to one person, to its author, with buttons below it, once no further part has come for a while. A process that dies in between leaves the
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

async function show(draft: broadcasts.Broadcast, job: BroadcastJob): Promise<void> {
  const { api } = job
  const chat = { chat_id: draft.chatId }
  const shown = draft.audience.kind === 'person' ? await toPerson(draft, job) : await toAudience(draft, job)
  if (!shown) return
  const { content, below } = shown
  if (content) await api.call(content.method, { ...chat, ...content.payload })
  await api.call('sendMessage', { ...chat, text: below.html, parse_mode: 'HTML', reply_markup: below.keyboard })
}

async function toPerson(draft: broadcasts.Broadcast, { db, scheduleZone }: BroadcastJob) {
  return showAlbum(db, draft, { scheduleZone, now: await readNow(db) })
}

async function toAudience(draft: broadcasts.Broadcast, { db, policy, scheduleZone }: BroadcastJob) {
  const { content } = draft
  const language = languageOf(draft.language)
  const panel = await readPanel(db, draft, { policy, language })
  return content && { content, below: draftView(panel, { language, zone: draft.zone ?? scheduleZone }) }
}
