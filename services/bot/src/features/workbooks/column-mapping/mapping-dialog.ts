import { audit, columnProfiles, type ReviewedWorkbook, reviewQueue } from '@atermtrack/data'
import { type DislocationField, headerSearchRows, isMappable } from '@atermtrack/domain'
import { columnMappingTexts as mappingTexts, commonTexts } from '@atermtrack/messages'
import { importWorkbook } from '@atermtrack/queue'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StepHandler } from '../../../routing/dialog-step.ts'
import { edit } from '../../../routing/view.ts'
import { decide, type ReviewOptions, guarded, showWorkbook } from '../review.ts'
import { assign, beginDraft, columnsOf, type MappingDraft, missingOf, readDraft, signatureOf } from './mapping-draft.ts'
import { mappingStep } from '../steps.ts'
import * as actions from './mapping-actions.ts'
import { columnsPerPage, columnsView, columnView } from './mapping-view.ts'

export interface MappingDialog {
  readonly actions: readonly ActionHandler[]
  /** `acceptDocument` accepts a file that is sent during the dialog. */
  readonly dialog: (acceptDocument: (ctx: BotContext) => Promise<boolean>) => StepHandler
}

/** Lets an admin define the column mapping of an unknown layout; this file and similar ones are imported from then on. */
export function createMappingDialog(options: ReviewOptions): MappingDialog {
  return {
    actions: [
      actions.beginMapping.handle(guarded((ctx, workbook) => begin(ctx, workbook, options, undefined))),
      actions.chooseHeader.handle(guarded((ctx, workbook, { row }) => begin(ctx, workbook, options, row))),
      actions.listColumns.handle(
        guarded((ctx, workbook, { page }) =>
          withDraft(ctx, workbook, options, async (draft) =>
            edit(ctx, columnsView(draft, workbook.head, page, ctx.language)),
          ),
        ),
      ),
      actions.showColumn.handle(
        guarded((ctx, workbook, asked) =>
          withDraft(ctx, workbook, options, async (draft) => showColumn(ctx, workbook, draft, asked)),
        ),
      ),
      actions.mapColumn.handle(
        guarded((ctx, workbook, asked) =>
          withDraft(ctx, workbook, options, async (draft) => setMeaning(ctx, workbook, draft, asked)),
        ),
      ),
      actions.quitMapping.handle(
        guarded(async (ctx, workbook) => {
          if (readDraft(ctx.dialog?.state, workbook.id)) await ctx.leaveDialog()
          await showWorkbook(ctx, workbook, { zone: options.zone, place: undefined })
        }),
      ),
      actions.saveMapping.handle(
        guarded((ctx, workbook) =>
          withDraft(ctx, workbook, options, async (draft) => confirmMapping(ctx, workbook, draft, options)),
        ),
      ),
    ],
    dialog: (acceptDocument) =>
      mappingStep.handle(async (ctx) => {
        if (await acceptDocument(ctx)) await ctx.leaveDialog()
        else ctx.say(mappingTexts[ctx.language].pressButtons)
      }),
  }
}

/** Begins with a guess; `row` is the header that the admin has chosen. */
async function begin(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  { zone }: ReviewOptions,
  row: number | undefined,
): Promise<void> {
  const { id, head } = workbook
  if (!isOpen(workbook) || head.length === 0) {
    if (readDraft(ctx.dialog?.state, id)) await ctx.leaveDialog()
    ctx.toast(isOpen(workbook) ? mappingTexts[ctx.language].noHead : commonTexts[ctx.language].staleButton)
    return showWorkbook(ctx, workbook, { zone, place: undefined })
  }
  const draft = beginDraft(id, head, row === undefined ? undefined : Math.min(row, lastHeader(workbook)))
  await saveDraft(ctx, draft)
  edit(ctx, columnsView(draft, head, 0, ctx.language))
}

/** A header further down would not be found again. */
function lastHeader({ head }: ReviewedWorkbook): number {
  return Math.min(head.length, headerSearchRows) - 1
}

/** Begins again when the draft is gone or another dialog has replaced it. */
async function withDraft(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  options: ReviewOptions,
  work: (draft: MappingDraft) => Promise<void>,
): Promise<void> {
  const draft = ctx.dialog?.expired === false ? readDraft(ctx.dialog.state, workbook.id) : undefined
  if (draft && isOpen(workbook)) return work(draft)
  answerOutdated(ctx)
  await begin(ctx, workbook, options, undefined)
}

async function showColumn(
  ctx: BotContext,
  { id, head }: ReviewedWorkbook,
  draft: MappingDraft,
  { column: index, page }: { readonly column: number; readonly page: number },
): Promise<void> {
  const column = columnsOf(draft, head)[index]
  if (!column) return answerOutdated(ctx)
  edit(ctx, columnView(column, { workbookId: id, page }, ctx.language))
}

async function setMeaning(
  ctx: BotContext,
  { head }: ReviewedWorkbook,
  draft: MappingDraft,
  { column: index, field }: { readonly column: number; readonly field: DislocationField | 'none' },
): Promise<void> {
  const column = columnsOf(draft, head)[index]
  if (!column) return answerOutdated(ctx)
  const changed = assign(draft, column.index, field === 'none' ? undefined : field)
  await saveDraft(ctx, changed)
  edit(ctx, columnsView(changed, head, Math.floor(column.index / columnsPerPage), ctx.language))
}

async function confirmMapping(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  draft: MappingDraft,
  { zone }: ReviewOptions,
): Promise<void> {
  const { id } = workbook
  const missing = missingOf(draft)
  if (missing.length > 0) return ctx.toast(mappingTexts[ctx.language].missing(missing.join(', ')))
  await ctx.leaveDialog()
  const likes = await saveProfile(ctx, workbook, draft)
  await decide(
    ctx,
    workbook,
    { zone, place: undefined },
    {
      action: 'workbook.taught',
      change: Promise.resolve(likes !== undefined),
      details: { columns: Object.keys(draft.columns).length },
      enqueue: () => {
        for (const workbookId of [id, ...(likes ?? [])]) ctx.tx.enqueue(importWorkbook, { workbookId })
      },
      ...(likes && likes.length > 0 && { note: mappingTexts[ctx.language].likesToo(likes.length) }),
    },
  )
}

/**
 * Saves the mapping and releases the file for import, together with all others that wait because of the same headings. Returns the
 * ids of the others; undefined when somebody has decided about the workbook meanwhile.
 */
async function saveProfile(
  ctx: BotContext,
  { id, head }: ReviewedWorkbook,
  draft: MappingDraft,
): Promise<readonly number[] | undefined> {
  if (!(await reviewQueue.replay(ctx.tx, id))) return undefined
  const profile = { headerSignature: signatureOf(draft, head), columns: draft.columns }
  await columnProfiles.save(ctx.tx, profile, { createdBy: ctx.person.id })
  const likes = await reviewQueue.replayLayout(ctx.tx, profile)
  for (const like of likes) {
    await audit.insert(ctx.tx, {
      ...ctx.actor,
      action: 'workbook.taught',
      object: `workbook:${like}`,
      details: { with: id },
    })
  }
  return likes
}

/** Whether a workbook still waits for a column mapping. */
function isOpen({ status, reason, kind }: ReviewedWorkbook): boolean {
  return status === 'quarantined' && isMappable(reason ?? '', kind)
}

async function saveDraft(ctx: BotContext, draft: MappingDraft): Promise<void> {
  await ctx.saveDialog(mappingStep, { ...draft, columns: { ...draft.columns }, guessed: [...draft.guessed] })
}
