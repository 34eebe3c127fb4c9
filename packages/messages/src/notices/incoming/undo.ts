import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { escapeHtml } from '../../format/html.ts'
import { button, defineNotice, type RenderedNotice, rowId } from '../notice.ts'

const workbook = z.object({ id: rowId, fileName: z.string() })
type Workbook = z.output<typeof workbook>

const undone = workbook.extend({
  kind: z.string(),
  /** Containers whose older data count again. */
  restored: z.int(),
  /** Containers that no other report holds. */
  forgotten: z.int(),
  /** Of the list of a train: whether the train has another. A notice of an earlier release does not say. */
  hasOtherList: z.boolean().optional(),
})

/** To the admins: an import was undone. */
export const importUndone = defineNotice(undone, (file, { language }) => {
  const words = catalogue[language].undo
  return withButton(file, `↩️ <b>${words.undone}</b>`, outcome(file, language), words.show)
})

/** To the admins: the undoing of an import fails; it is tried again. */
export const importUndoFailed = defineNotice(workbook, (file, { language }) => {
  const words = catalogue[language].undo
  return withButton(file, `⚠️ <b>${words.failed}</b>`, words.why, words.show)
})

function outcome({ kind, restored, forgotten, hasOtherList }: z.output<typeof undone>, language: Language): string {
  const words = catalogue[language].undo
  if (kind === 'train_roster') return hasOtherList === false ? words.noRoster : words.roster
  const parts = [
    ...(restored > 0 ? [words.restored(restored)] : []),
    ...(forgotten > 0 ? [words.forgotten(forgotten)] : []),
  ]
  return parts.length > 0 ? `${parts.join('; ')}.` : words.nothing
}

function withButton({ id, fileName }: Workbook, title: string, text: string, show: string): RenderedNotice {
  return {
    html: [`${title} №${id}`, `📄 ${escapeHtml(fileName)}`, text].join('\n'),
    buttons: [[button(show, 'wb-show', id)]],
  }
}
