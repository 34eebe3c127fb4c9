import { type ReviewedWorkbook, reviewQueue, sources } from '@atermtrack/data'
import { guardOf, isAcceptable, toInstant, type WallTime } from '@atermtrack/domain'
import { commonTexts, inEachLanguage, workbooksTexts as texts } from '@atermtrack/messages'
import { importWorkbook, undoImport } from '@atermtrack/queue'
import { type ActionHandler } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { acceptDocument } from '../../documents/accept-document.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { askFirst, decide, type ReviewOptions, guarded, sayWorkbook, showWorkbook } from './review.ts'
import { listView } from './list-view.ts'
import { feedsView } from './feeds-view.ts'
import { narrowView } from './narrow-view.ts'
import { createMailReview, loadMailList } from './mail-review.ts'
import { sendOriginal } from './original.ts'
import type { Place } from './place.ts'
import { askStation, setStation } from './station.ts'
import * as steps from './steps.ts'
import * as mappingActions from './column-mapping/mapping-actions.ts'
import { createMappingDialog } from './column-mapping/mapping-dialog.ts'

const dayMs = 86_400_000

/** The review queue of the admins: incoming workbooks, those that wait for a decision, and files that admins upload. */
export function createWorkbooks(options: ReviewOptions): Feature {
  const { zone } = options
  const mappingDialog = createMappingDialog(options)
  return {
    name: 'workbooks',
    right: 'review_workbooks',
    declares: [...Object.values(actions), ...Object.values(mappingActions), ...Object.values(steps)],
    commands: [
      {
        name: 'workbooks',
        description: inEachLanguage(texts, (words) => words.command),
        handle: (ctx) => sayList(ctx, zone),
      },
    ],
    actions: [
      ...listActions(options),
      ...workbookActions(options),
      ...createMailReview(options),
      ...mappingDialog.actions,
    ],
    dialogs: [
      steps.stationStep.handle(setStation),
      // A file does not answer the question about columns.
      mappingDialog.dialog(acceptDocument),
    ],
    // Viewers send workbooks too: theirs come back with more columns.
    document: { right: 'annotate_workbook', accept: acceptDocument },
  }
}

function listActions({ zone }: ReviewOptions): readonly ActionHandler[] {
  return [
    actions.listWorkbooks.handle(async (ctx, place) => edit(ctx, await loadList(ctx, { ...place, zone }))),
    actions.narrowList.handle(async (ctx, { place = { filter: 'all', page: 0 } }) => {
      const candidates = await reviewQueue.listSenders(ctx.tx, place.filter)
      edit(ctx, narrowView(candidates, place, { language: ctx.language, zone }))
    }),
    actions.listFeeds.handle(async (ctx) => {
      edit(ctx, feedsView(await sources.listFeeds(ctx.tx), { language: ctx.language, zone, now: ctx.now }))
    }),
    actions.openList.handle((ctx, { list }) => openList(ctx, list, zone)),
  ]
}

/** The actions on one workbook. */
function workbookActions(options: ReviewOptions): readonly ActionHandler[] {
  const { zone } = options
  return [
    actions.showWorkbook.handle(
      guarded((ctx, workbook, { place, page }) => showWorkbook(ctx, workbook, { zone, place, page })),
    ),
    actions.openWorkbook.handle(guarded((ctx, workbook) => sayWorkbook(ctx, workbook, { zone }))),
    actions.askToAccept.handle(guarded(askFirst('accept', options))),
    actions.acceptWorkbook.handle(guarded((ctx, workbook, pressed) => accept(ctx, workbook, pressed, options))),
    actions.askToReject.handle(guarded(askFirst('reject', options))),
    actions.rejectWorkbook.handle(
      guarded((ctx, workbook, { place }) =>
        decide(
          ctx,
          workbook,
          { zone, place },
          { action: 'workbook.rejected', change: reviewQueue.reject(ctx.tx, workbook.id) },
        ),
      ),
    ),
    actions.replayWorkbook.handle(guarded((ctx, workbook, { place }) => replay(ctx, workbook, place, options))),
    actions.askToUndo.handle(guarded(askFirst('undo', options))),
    actions.undoImport.handle(guarded((ctx, workbook, { place }) => undo(ctx, workbook, place, options))),
    actions.nameStation.handle(guarded(askStation)),
    actions.sendOriginal.handle(guarded(sendOriginal)),
  ]
}

async function sayList(ctx: BotContext, zone: string): Promise<void> {
  if (!ctx.isPrivate) return ctx.say(commonTexts[ctx.language].onlyInPrivate)
  const { html, keyboard } = await loadFirstList(ctx, zone)
  ctx.say(html, { keyboard })
}

/** Opens a list from a gathered notice in a message of its own: the notice may be edited at any time. */
async function openList(ctx: BotContext, list: 'files' | 'mail', zone: string): Promise<void> {
  const { html, keyboard } = list === 'mail' ? await loadMailList(ctx, 0, zone) : await loadFirstList(ctx, zone)
  ctx.say(html, { keyboard })
}

/** The workbooks that wait for a decision; all workbooks when none waits. */
async function loadFirstList(ctx: BotContext, zone: string): Promise<View> {
  const waiting = await reviewQueue.list(ctx.tx, 'waiting')
  return loadList(ctx, { filter: waiting.length > 0 ? 'waiting' : 'all', page: 0, zone })
}

async function loadList(
  { tx, language }: BotContext,
  { filter, page, wanted = {}, zone }: Place & { readonly zone: string },
): Promise<View> {
  const { kind, day, senderOf } = wanted
  const rows = await reviewQueue.list(tx, filter, {
    kind,
    senderOf,
    received: day === undefined ? undefined : wholeDay(day, zone),
  })
  return listView(rows, { filter, page, wanted }, { language, zone })
}

/** From the midnight of a day to the next one. */
function wholeDay(day: string, zone: string): { readonly from: Date; readonly until: Date } {
  const next = new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10)
  return {
    from: toInstant(`${day}T00:00:00` as WallTime, zone),
    until: toInstant(`${next}T00:00:00` as WallTime, zone),
  }
}

/** The button carries the reason that the admin has seen: a file that waits for another reason meanwhile is shown again. */
async function accept(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  { reason, place }: { readonly reason: string; readonly place: Place | undefined },
  { zone }: ReviewOptions,
): Promise<void> {
  const { id, rowCount } = workbook
  const override = guardOf(reason)
  const change = isAcceptable(reason) ? reviewQueue.accept(ctx.tx, id, { reason, override }) : Promise.resolve(false)
  await decide(
    ctx,
    workbook,
    { zone, place },
    {
      action: 'workbook.accepted',
      change,
      details: { reason, ...(rowCount !== null && { rows: rowCount }) },
      enqueue: () => ctx.tx.enqueue(importWorkbook, { workbookId: id }),
    },
  )
}

async function replay(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  place: Place | undefined,
  { zone }: ReviewOptions,
): Promise<void> {
  const { id, status } = workbook
  await decide(
    ctx,
    workbook,
    { zone, place },
    {
      action: 'workbook.replayed',
      change: reviewQueue.replay(ctx.tx, id),
      details: { from: status },
      enqueue: () => ctx.tx.enqueue(importWorkbook, { workbookId: id }),
    },
  )
}

async function undo(
  ctx: BotContext,
  workbook: ReviewedWorkbook,
  place: Place | undefined,
  { zone }: ReviewOptions,
): Promise<void> {
  const { id, status } = workbook
  await decide(
    ctx,
    workbook,
    { zone, place },
    {
      action: 'workbook.undo_requested',
      change: reviewQueue.requestUndo(ctx.tx, id),
      details: { from: status },
      enqueue: () => ctx.tx.enqueue(undoImport, { workbookId: id }),
    },
  )
}
