import { trainCorrections, trainLists } from '@atermtrack/data'
import { escapeHtml, formatExact, trainListsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { withRight } from '../../routing/feature.ts'
import { edit, inRowsOf } from '../../routing/view.ts'
import { countPages, pageRow } from '../../text/pages.ts'
import { openWorkbook } from '../workbooks/actions.ts'
import { showTrain, listLists } from './actions.ts'

const listsPerPage = 6
const longestName = 80

/** Which workbooks gave a train its lists; those who review workbooks open each, and can undo its import there. */
export function createLists({ sourceZone }: { readonly sourceZone: string }): readonly ActionHandler[] {
  return withRight('correct_trains', [
    listLists.handle((ctx, { trainCode, page }) => show(ctx, { trainCode, asked: page, sourceZone })),
  ])
}

async function show(
  ctx: BotContext,
  { trainCode, asked, sourceZone }: { readonly trainCode: string; readonly asked: number; readonly sourceZone: string },
): Promise<void> {
  const { tx, language, may } = ctx
  const words = texts[language]
  const train = await trainCorrections.find(tx, trainCode)
  if (!train) return answerOutdated(ctx)
  const pages = countPages(train.lists, listsPerPage)
  const page = Math.min(asked, pages - 1)
  const offset = page * listsPerPage
  const { total, rows } = await trainLists.list(tx, trainCode, { offset, limit: listsPerPage })
  const lines = rows.map(({ fileName, sentAt, containers, counts }, index) => {
    const line = words.line(
      offset + index + 1,
      escapeHtml(fileName, longestName),
      formatExact(sentAt, { zone: sourceZone, language }),
      containers,
    )
    return counts ? `${line}, ${words.counts}` : line
  })
  const opens = rows.map(({ workbookId }, index) => openWorkbook.button(String(offset + index + 1), { workbookId }))
  edit(ctx, {
    html: [words.title(escapeHtml(trainCode), total), ...lines, ...(may('review_workbooks') ? [words.hint] : [])].join(
      '\n\n',
    ),
    keyboard: {
      inline_keyboard: [
        ...(may('review_workbooks') ? inRowsOf(listsPerPage, opens) : []),
        ...pageRow({ page, pages }, (target) => listLists.data({ trainCode, page: target })),
        [showTrain.button(words.back, { trainCode })],
      ],
    },
  })
}
