import type { AuditAction } from '@atermtrack/domain'
import { workbooksTexts as texts } from '@atermtrack/messages'
import { audit, type ReviewedWorkbook, isAcceptedStatus, previewUndo, reviewQueue } from '@atermtrack/data'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { edit, say } from '../../routing/view.ts'
import { confirmView, decisionWords, type DetailOptions, detailView } from './detail-view.ts'
import type { Place } from './place.ts'

export interface ReviewOptions {
  /** Zone of the times shown. */
  readonly zone: string
}

type Step = 'accept' | 'reject' | 'undo'

/** A button works on an existing workbook. */
export function guarded<P>(press: (ctx: BotContext, workbook: ReviewedWorkbook, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly workbookId: number }): Promise<void> => {
    const workbook = await reviewQueue.find(ctx.tx, pressed.workbookId)
    return workbook ? press(ctx, workbook, pressed) : answerOutdated(ctx)
  }
}

/** Shows a workbook in the place of the message with the button. */
export async function showWorkbook(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  { zone, place, page = 0 }: { readonly zone: string; readonly place: Place | undefined; readonly page?: number },
): Promise<void> {
  edit(ctx, detailView(workbook, page, await detailOptions(ctx, workbook, zone, place)))
}

/** Shows a workbook in a message of its own. */
export async function sayWorkbook(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  { zone }: Pick<ReviewOptions, 'zone'>,
): Promise<void> {
  say(ctx, detailView(workbook, 0, await detailOptions(ctx, workbook, zone, undefined)))
}

/** Asks for confirmation before a step that is hard to undo. */
export function askFirst(step: Step, { zone }: ReviewOptions) {
  return async (ctx: BotContext, workbook: ReviewedWorkbook, { place }: { readonly place: Place | undefined }) => {
    if (!isOpen(workbook, step)) return showDecision(ctx, workbook, { zone, place })
    const preview = step === 'undo' ? await previewUndo(ctx.tx, workbook.id) : undefined
    edit(ctx, confirmView(workbook, step, { ...(await detailOptions(ctx, workbook, zone, place)), preview }))
  }
}

/** Records a decision and shows the new state of the workbook; `change` is false when somebody else decided first. */
export async function decide(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  { zone, place }: { readonly zone: string; readonly place: Place | undefined },
  decision: {
    readonly action: AuditAction
    readonly change: Promise<boolean>
    readonly details?: audit.AuditDetails
    /** Enqueues the jobs that follow from the decision. */
    readonly enqueue?: () => void
    /** The text of the toast; «done» by default. */
    readonly note?: string
  },
): Promise<void> {
  const { action, change, details, enqueue, note = texts[ctx.language].noted } = decision
  if (!(await change)) return showDecision(ctx, workbook, { zone, place })
  await audit.insert(ctx.tx, {
    ...ctx.actor,
    action,
    object: `workbook:${workbook.id}`,
    ...(details && { details }),
  })
  enqueue?.()
  ctx.toast(note)
  await refreshWorkbook(ctx, workbook, { zone, place })
}

/** Shows a late admin the decision and the person who made it. */
async function showDecision(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  { zone, place }: { readonly zone: string; readonly place: Place | undefined },
): Promise<void> {
  const words = texts[ctx.language]
  const decision = await reviewQueue.findDecision(ctx.tx, workbook.id)
  const decided = decision && decisionWords(decision, { language: ctx.language, zone })
  ctx.toast(decided ? words.decidedBefore(decided.what, decided.by) : words.changed)
  await refreshWorkbook(ctx, workbook, { zone, place })
}

async function refreshWorkbook(
  ctx: BotContext,
  { id }: ReviewedWorkbook,
  to: { readonly zone: string; readonly place: Place | undefined },
): Promise<void> {
  const workbook = await reviewQueue.find(ctx.tx, id)
  if (workbook) await showWorkbook(ctx, workbook, to)
}

async function detailOptions(
  ctx: BotContext,
  { id }: ReviewedWorkbook,
  zone: string,
  place: Place | undefined,
): Promise<DetailOptions> {
  const decision = await reviewQueue.findDecision(ctx.tx, id)
  return { language: ctx.language, zone, place, decision }
}

function isOpen({ status, reason, undoClosedAt }: ReviewedWorkbook, step: Step): boolean {
  if (step !== 'undo') return status === 'quarantined'
  return isAcceptedStatus(status) && reason !== 'undo_requested' && !undoClosedAt
}
