import { previewUndo, reviewQueue, type UndoPreview } from '@atermtrack/data'
import { undoImport } from '@atermtrack/queue'
import { type Command, type CommandInput, readId } from '../../command.ts'
import { openDatabase } from '../../connections.ts'
import { decide, getWorkbook, isUndoable, refusal } from './decide-workbooks.ts'

const action = 'workbook.undo_requested'

export const undoWorkbookCommand: Command = {
  right: 'review_workbooks',
  usage: '<id> [--yes]',
  about: 'undo the import of a workbook; without --yes show what that would take back',
  options: { yes: { type: 'boolean' } },
  async run({ args: [id], options, env, actor, print, table }) {
    if (options['yes'] !== true) return showPreview(id, { env, print, table })
    await decide({ env, print, actor, id, queue: undoImport }, action, async (db, workbook) =>
      reviewQueue.requestUndo(db, workbook.id),
    )
  },
}

async function showPreview(
  text: string | undefined,
  { env, print, table }: Pick<CommandInput, 'env' | 'print' | 'table'>,
): Promise<void> {
  await using db = openDatabase(env)
  const workbook = await getWorkbook(db, readId(text, 'the id of a workbook'))
  const preview = isUndoable(workbook) ? await previewUndo(db, workbook.id) : undefined
  if (!preview) throw new Error(refusal(workbook, action))
  table(['what an undo takes back', 'how many'], linesOf(preview))
  print('nothing is undone yet: add --yes')
}

function linesOf(preview: UndoPreview): (readonly [string, number | string])[] {
  if (preview.kind === 'train_roster') {
    const { trainCode, containers, hasOther } = preview
    return [
      [`containers on the list of train ${trainCode}`, containers],
      ['another list of the train counts then', hasOther ? 'yes' : 'no'],
    ]
  }
  const facts: (readonly [string, number])[] =
    preview.kind === 'dislocation'
      ? [
          ['positions worked out again from other reports', preview.positions],
          ['containers that no other report names', preview.forgotten],
          ['operations that it was the first to name', preview.movements],
        ]
      : [
          ['terminal visits put together again from other reports', preview.visits],
          ['terminal visits that no other report names', preview.forgotten],
        ]
  return [
    ...facts,
    ['events checked again', preview.events],
    ['messages about them, corrected where they do not hold', preview.notices],
  ]
}
