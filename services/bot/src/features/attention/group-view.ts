import { attentionTexts as texts } from '@atermtrack/messages'
import { pageOf, pageRow } from '../../text/pages.ts'
import { inPairs, type View } from '../../routing/view.ts'
import { freshestOf, freshnessView } from '../lookup/freshness.ts'
import type { ViewOptions } from '../lookup/view-options.ts'
import * as actions from './actions.ts'
import type { AttentionGroup } from './attention-lines.ts'
import { groupLines } from './entry-lines.ts'
import { hoursLater, type ListPlace } from './views.ts'

const perPage = 12

/** The containers of a train: why they need somebody, what can be done, with the buttons to decide about all of them or to open one. */
export function groupView(
  group: AttentionGroup,
  { whose, shown, page: asked }: ListPlace & { readonly page: number },
  options: ViewOptions,
): View {
  const words = texts[options.language]
  const { buttons } = words
  const { first, entries } = group
  const place = { container: first.container, whose, shown }
  const { rows, ...page } = pageOf(entries, asked, perPage)
  const newest = freshestOf(entries.map(({ position }) => position))
  const html = [
    groupLines(group, options).join('\n'),
    first.attention.map(({ reason }) => words.todo[reason]).join('\n'),
    words.oneOfGroup,
    ...(newest ? [freshnessView(newest, options)] : []),
  ].join('\n\n')
  const isTaken = first.mark?.takenBy !== null && first.mark?.takenBy !== undefined
  const containers = rows.map(({ container }) => actions.openAttention.button(container, { container, whose, shown }))
  return {
    html,
    keyboard: {
      inline_keyboard: [
        [
          isTaken
            ? actions.releaseGroup.button(buttons.release, place)
            : actions.takeGroup.button(buttons.takeAll, place),
        ],
        ...(first.isShown
          ? [
              hoursLater.map((hours) => actions.putOffGroup.button(buttons.later(hours), { hours, ...place })),
              [actions.hideGroup.button(buttons.hide, place)],
            ]
          : [[actions.showGroupAgain.button(buttons.show, place)]]),
        ...inPairs(containers),
        ...pageRow(page, (target) => actions.openGroup.data({ ...place, page: target })),
        [actions.showAttention.button(buttons.back, { whose, shown, page: 0 })],
      ],
    },
  }
}
