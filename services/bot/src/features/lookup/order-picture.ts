import { type AskedPicture, pictures } from '@atermtrack/data'
import { picturesTexts as texts } from '@atermtrack/messages'
import type { ActionHandler } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import * as actions from './actions.ts'
import { enqueueReport } from './order-workbook.ts'
import type { ViewSettings } from './view-settings.ts'

/** Orders a picture; it comes into the chat and the topic of the update, with the times of the reader's zone. */
export async function orderPicture(
  ctx: BotContext,
  asked: Pick<AskedPicture, 'picture' | 'name' | 'containers' | 'trainCode' | 'companyId'>,
  { sourceZone }: Pick<ViewSettings, 'sourceZone'>,
): Promise<void> {
  const { tx, person, updateId, destination } = ctx
  const zone = person.zone ?? sourceZone
  const { id } = await pictures.insert(tx, { personId: person.id, ...destination, updateId, zone, ...asked })
  enqueueReport(ctx, id)
  ctx.toast(texts[ctx.language].preparing)
}

/** The buttons of a card for its pictures. */
export function drawCard(settings: ViewSettings): readonly ActionHandler[] {
  return [
    actions.drawRoute.handle((ctx, { container }) =>
      orderPicture(ctx, { picture: 'route', containers: [container] }, settings),
    ),
    actions.drawPace.handle((ctx, { container }) =>
      orderPicture(ctx, { picture: 'pace', containers: [container] }, settings),
    ),
  ]
}
