import { workbookDesk } from '@atermtrack/data'
import { guardOf, isAcceptable } from '@atermtrack/domain'
import { commonTexts, inEachLanguage, workbooksTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { takeDocument } from '../../documents/take-document.ts'
import type { Feature } from '../../routing/feature.ts'
import { parsePage } from '../../text/pages.ts'
import { askFirst, decide, type DeskOptions, edit, guarded, type Press, showWorkbook } from './desk.ts'
import { listView, type View } from './list-view.ts'
import { createMailDesk, loadMailList } from './mail-desk.ts'
import { sendOriginal } from './original.ts'
import { isFilter } from './place.ts'
import { createStationDialog } from './station.ts'
import { createTeaching } from './teach.ts'

/** The admins' desk: what came, what waits for their word, and files that they bring by hand. */
export function createWorkbooks(options: DeskOptions): Feature {
  const { zone } = options
  const station = createStationDialog()
  const teaching = createTeaching(options)
  const presses: Readonly<Record<string, Press>> = {
    'wb-show': (ctx, workbook, [place, page]) => showWorkbook(ctx, workbook, { zone, place, page: parsePage(page) }),
    'wb-accept': askFirst('accept', options),
    'wb-accept-yes': (ctx, workbook, ids) => accept(ctx, workbook, ids, options),
    'wb-reject': askFirst('reject', options),
    'wb-reject-yes': (ctx, workbook, [place]) =>
      decide(
        ctx,
        workbook,
        { zone, place },
        { action: 'workbook.rejected', change: workbookDesk.reject(ctx.tx, workbook.id) },
      ),
    'wb-replay': (ctx, workbook, ids) => replay(ctx, workbook, ids, options),
    'wb-undo': askFirst('undo', options),
    'wb-undo-yes': (ctx, workbook, ids) => undo(ctx, workbook, ids, options),
    'wb-station': station.ask,
    'wb-file': sendOriginal(options),
    ...teaching.presses,
  }
  return {
    commands: [
      {
        name: 'workbooks',
        description: inEachLanguage(texts, (words) => words.command),
        adminsOnly: true,
        handle: (ctx) => sayList(ctx, zone),
      },
    ],
    callbacks: {
      'wb-list': (ctx, [filter, page]) => turnList(ctx, filter, { page: parsePage(page), zone }),
      'wb-open': (ctx, [list]) => openList(ctx, list, zone),
      ...createMailDesk(options),
      ...Object.fromEntries(Object.entries(presses).map(([action, press]) => [action, guarded(press)])),
    },
    dialogs: {
      ...station.dialogs,
      // A file is no answer to the question about columns.
      ...teaching.dialogs(async (ctx) => takeDocument(ctx, options)),
    },
    document: (ctx) => takeDocument(ctx, options),
  }
}

async function sayList(ctx: BotContext, zone: string): Promise<void> {
  if (!ctx.isPrivate) return ctx.say(commonTexts[ctx.language].onlyInPrivate)
  const { html, keyboard } = await loadFirstList(ctx, zone)
  ctx.say(html, { keyboard })
}

/** Opens a list from a gathered notice in a message of its own: the notice may be edited at any time. */
async function openList(ctx: BotContext, list: string | undefined, zone: string): Promise<void> {
  if (!ctx.isAdmin) return ctx.toast(commonTexts[ctx.language].staleButton)
  const { html, keyboard } = list === 'mail' ? await loadMailList(ctx, 0, zone) : await loadFirstList(ctx, zone)
  ctx.say(html, { keyboard })
}

/** What waits for a decision; everything when nothing does. */
async function loadFirstList(ctx: BotContext, zone: string): Promise<View> {
  const waiting = await workbookDesk.list(ctx.tx, 'waiting')
  return loadList(ctx, { filter: waiting.length > 0 ? 'waiting' : 'all', page: 0, zone })
}

async function turnList(
  ctx: BotContext,
  filter: string | undefined,
  { page, zone }: { readonly page: number; readonly zone: string },
): Promise<void> {
  if (!ctx.isAdmin || !isFilter(filter)) return ctx.toast(commonTexts[ctx.language].staleButton)
  edit(ctx, await loadList(ctx, { filter, page, zone }))
}

async function loadList(
  { tx, language }: BotContext,
  {
    filter,
    page,
    zone,
  }: { readonly filter: Parameters<typeof workbookDesk.list>[1]; readonly page: number; readonly zone: string },
): Promise<View> {
  return listView(await workbookDesk.list(tx, filter), { filter, page }, { language, zone })
}

/** The reason in the button is the one that the admin has seen: a file that waits for another one meanwhile is shown anew. */
async function accept(
  ctx: BotContext,
  workbook: Parameters<Press>[1],
  [reason = '', place]: readonly string[],
  { zone, producers }: DeskOptions,
): Promise<void> {
  const { id, rowCount } = workbook
  const override = guardOf(reason)
  const change = isAcceptable(reason) ? workbookDesk.accept(ctx.tx, id, { reason, override }) : Promise.resolve(false)
  await decide(
    ctx,
    workbook,
    { zone, place },
    {
      action: 'workbook.accepted',
      change,
      details: { reason, ...(rowCount !== null && { rows: rowCount }) },
      ring: () => producers.importWorkbook.ring({ workbookId: id }),
    },
  )
}

async function replay(
  ctx: BotContext,
  workbook: Parameters<Press>[1],
  [place]: readonly string[],
  { zone, producers }: DeskOptions,
): Promise<void> {
  const { id, status } = workbook
  await decide(
    ctx,
    workbook,
    { zone, place },
    {
      action: 'workbook.replayed',
      change: workbookDesk.replay(ctx.tx, id),
      details: { from: status },
      ring: () => producers.importWorkbook.ring({ workbookId: id }),
    },
  )
}

async function undo(
  ctx: BotContext,
  workbook: Parameters<Press>[1],
  [place]: readonly string[],
  { zone, producers }: DeskOptions,
): Promise<void> {
  const { id, status } = workbook
  await decide(
    ctx,
    workbook,
    { zone, place },
    {
      action: 'workbook.undo_requested',
      change: workbookDesk.requestUndo(ctx.tx, id),
      details: { from: status },
      ring: () => producers.undoImport.ring({ workbookId: id }),
    },
  )
}
