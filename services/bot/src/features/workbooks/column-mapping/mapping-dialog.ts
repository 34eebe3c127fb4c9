import { audit, columnProfiles, type ReviewedWorkbook, reviewQueue } from '@atermtrack/data'
import { type DislocationField, headerSearchRows, isMappable } from '@atermtrack/domain'
import { columnMappingTexts as mappingTexts, commonTexts } from '@atermtrack/messages'
import { importWorkbook } from '@atermtrack/queue'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StepHandler } from '../../../routing/dialog-step.ts'
import { decide, type ReviewOptions, edit, guarded, showWorkbook } from '../review.ts'
import { assign, beginDraft, columnsOf, type MappingDraft, missingOf, readDraft, signatureOf } from './mapping-draft.ts'
import { mappingStep } from '../steps.ts'
import * as actions from './mapping-actions.ts'
import { columnsPerPage, columnsView, columnView } from './mapping-view.ts'

export interface MappingDialog {
  readonly actions: readonly ActionHandler[]
  /** `acceptDocument` accepts a file that is sent in the middle of a lesson. */
  readonly dialog: (acceptDocument: (ctx: BotContext) => Promise<boolean>) => StepHandler
}

/** An admin says what the columns of an unknown layout hold; the file and its like are imported from then on. */
export function createMappingDialog(options: ReviewOptions): MappingDialog {
  return {
    actions: [
      actions.beginMapping.handle(guarded((ctx, workbook) => begin(ctx, workbook, options, undefined))),
      actions.chooseHeader.handle(guarded((ctx, workbook, { row }) => begin(ctx, workbook, options, row))),
      actions.listColumns.handle(
        guarded((ctx, workbook, { page }) =>
          withLesson(ctx, workbook, options, async (lesson) =>
            edit(ctx, columnsView(lesson, workbook.head, page, ctx.language)),
          ),
        ),
      ),
      actions.showColumn.handle(
        guarded((ctx, workbook, asked) =>
          withLesson(ctx, workbook, options, async (lesson) => showColumn(ctx, workbook, lesson, asked)),
        ),
      ),
      actions.mapColumn.handle(
        guarded((ctx, workbook, asked) =>
          withLesson(ctx, workbook, options, async (lesson) => setMeaning(ctx, workbook, lesson, asked)),
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
          withLesson(ctx, workbook, options, async (lesson) => learn(ctx, workbook, lesson, options)),
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

/** Begins with a guess; `row` is the header that the admin says it is. */
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
  const lesson = beginDraft(id, head, row === undefined ? undefined : Math.min(row, lastHeader(workbook)))
  await save(ctx, lesson)
  edit(ctx, columnsView(lesson, head, 0, ctx.language))
}

/** A header further down would not be found again. */
function lastHeader({ head }: ReviewedWorkbook): number {
  return Math.min(head.length, headerSearchRows) - 1
}

/** Begins anew when the lesson is over or another dialog has come between. */
async function withLesson(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  options: ReviewOptions,
  work: (lesson: MappingDraft) => Promise<void>,
): Promise<void> {
  const lesson = ctx.dialog?.expired === false ? readDraft(ctx.dialog.state, workbook.id) : undefined
  if (lesson && isOpen(workbook)) return work(lesson)
  answerOutdated(ctx)
  await begin(ctx, workbook, options, undefined)
}

async function showColumn(
  ctx: BotContext,
  { id, head }: ReviewedWorkbook,
  lesson: MappingDraft,
  { column: index, page }: { readonly column: number; readonly page: number },
): Promise<void> {
  const column = columnsOf(lesson, head)[index]
  if (!column) return answerOutdated(ctx)
  edit(ctx, columnView(column, { workbookId: id, page }, ctx.language))
}

async function setMeaning(
  ctx: BotContext,
  { head }: ReviewedWorkbook,
  lesson: MappingDraft,
  { column: index, field }: { readonly column: number; readonly field: DislocationField | 'none' },
): Promise<void> {
  const column = columnsOf(lesson, head)[index]
  if (!column) return answerOutdated(ctx)
  const taught = assign(lesson, column.index, field === 'none' ? undefined : field)
  await save(ctx, taught)
  edit(ctx, columnsView(taught, head, Math.floor(column.index / columnsPerPage), ctx.language))
}

async function learn(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  lesson: MappingDraft,
  { zone }: ReviewOptions,
): Promise<void> {
  const { id } = workbook
  const missing = missingOf(lesson)
  if (missing.length > 0) return ctx.toast(mappingTexts[ctx.language].missing(missing.join(', ')))
  await ctx.leaveDialog()
  const taught = await keepLesson(ctx, workbook, lesson)
  await decide(
    ctx,
    workbook,
    { zone, place: undefined },
    {
      action: 'workbook.taught',
      change: Promise.resolve(taught !== undefined),
      details: { columns: Object.keys(lesson.columns).length },
      enqueue: () => {
        for (const workbookId of [id, ...(taught ?? [])]) ctx.tx.enqueue(importWorkbook, { workbookId })
      },
      ...(taught && taught.length > 0 && { note: mappingTexts[ctx.language].likesToo(taught.length) }),
    },
  )
}

/**
 * Keeps the layout and has the file imported, and whatever else waits because of the same headings: the ids of those. Undefined
 * when somebody has decided about the workbook meanwhile.
 */
async function keepLesson(
  ctx: BotContext,
  { id, head }: ReviewedWorkbook,
  lesson: MappingDraft,
): Promise<readonly number[] | undefined> {
  if (!(await reviewQueue.replay(ctx.tx, id))) return undefined
  const profile = { headerSignature: signatureOf(lesson, head), columns: lesson.columns }
  await columnProfiles.save(ctx.tx, profile, { createdBy: ctx.person.id })
  const likes = await reviewQueue.replayLayout(ctx.tx, profile)
  for (const like of likes) {
    const entry = { action: 'workbook.taught', object: `workbook:${like}`, details: { with: id } }
    await audit.insert(ctx.tx, { actorId: ctx.person.id, ...entry })
  }
  return likes
}

/** Whether a workbook still waits for what its columns mean. */
function isOpen({ status, reason, kind }: ReviewedWorkbook): boolean {
  return status === 'quarantined' && isMappable(reason ?? '', kind)
}

async function save(ctx: BotContext, lesson: MappingDraft): Promise<void> {
  await ctx.saveDialog(mappingStep, { ...lesson, columns: { ...lesson.columns } })
}
