import { findByLastDigits } from '@atermtrack/data'
import { readNumbers, readTail, type TrainCode } from '@atermtrack/domain'
import { type Language, shareTexts as texts } from '@atermtrack/messages'
import type { InlineQueryResultArticle } from 'telegraf/types'
import type { Answers } from '../../routing/answers.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Handle } from '../../routing/feature.ts'
import { readTrains } from '../lookup/answer.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { trainSnapshot } from '../trains/train-snapshot.ts'
import { cleanCard, cleanList, type CleanSubject, cleanTrain, shortState } from './clean-view.ts'
import { findSubjects } from './share.ts'

/** Answers `@bot NUMBER`, which somebody types in any chat. */
export interface Inline {
  /** Offers what the person may see, in the words for somebody outside. */
  readonly answer: Handle
  /** Offers a person without access the button that opens the bot. */
  readonly turnAway: (answers: Pick<Answers, 'answer'>, queryId: string, language: Language) => void
  /** Offers nothing, to somebody who has asked too much. */
  readonly refuse: (answers: Pick<Answers, 'answer'>, queryId: string) => void
}

/** Telegram shows an answer again for so long; after that a right that was lost counts. */
const cacheSeconds = 30
const mostResults = 20
/** The bot greets people who come by this link. */
const startParameter = 'inline'

export function createInline({ settings }: { readonly settings: ViewSettings }): Inline {
  return {
    answer: (ctx) => answer(ctx, settings),
    turnAway: (answers, queryId, language) =>
      // Somebody who is let in now must not wait for the end of the cache.
      offer(answers, queryId, { results: [], cacheSeconds: 0, button: texts[language].inline.stranger }),
    refuse: (answers, queryId) => offer(answers, queryId, { results: [], cacheSeconds: 0 }),
  }
}

async function answer(ctx: BotContext, settings: ViewSettings): Promise<void> {
  const query = ctx.inlineQuery
  if (!query) return
  const words = texts[ctx.language].inline
  const { containers, trains } = await readQuery(ctx, query.query)
  const found = await findSubjects(ctx, containers)
  const results = [...containerResults(ctx, found, settings), ...(await trainResults(ctx, trains, settings))]
  const isAsked = containers.length + trains.length > 0
  const button = results.length > 0 ? undefined : isAsked ? words.nothing : words.hint
  offer(ctx, query.id, { results, cacheSeconds, button })
}

/** The numbers of a query; the last digits stand for the numbers that end with them. */
async function readQuery(
  { tx, scope }: BotContext,
  text: string,
): Promise<{ readonly containers: readonly string[]; readonly trains: readonly TrainCode[] }> {
  const { containers, trains } = readNumbers(text)
  const digits = containers.length + trains.length === 0 ? readTail(text) : undefined
  if (digits === undefined) return { containers: containers.slice(0, mostResults), trains: trains.slice(0, 1) }
  const { containers: ending } = await findByLastDigits(tx, digits, { scope, limit: mostResults })
  return { containers: ending, trains: [] }
}

/** One for each container, after one for all of them together. */
function containerResults(
  ctx: BotContext,
  found: readonly CleanSubject[],
  settings: ViewSettings,
): readonly InlineQueryResultArticle[] {
  const view = viewOptionsOf(ctx, settings)
  const words = texts[ctx.language].inline
  const single = found.map((subject) =>
    article({
      id: subject.container,
      title: `📦 ${subject.container}`,
      description: shortState(subject, view),
      html: cleanCard(subject, view),
    }),
  )
  if (found.length < 2) return single
  const all = { id: 'list', title: words.several(found.length), description: words.severalHint }
  return [article({ ...all, html: cleanList(found, view) }), ...single]
}

async function trainResults(
  ctx: BotContext,
  codes: readonly TrainCode[],
  settings: ViewSettings,
): Promise<readonly InlineQueryResultArticle[]> {
  if (codes.length === 0) return []
  const read = await readTrains(ctx, { trains: codes, mistyped: [] })
  const known = new Map(read.positions.map((position) => [position.container, position]))
  return read.trains.known.map((train) =>
    article({
      id: `train-${train.code.slice(1)}`,
      title: `🚂 ${texts[ctx.language].inline.train(train.code)}`,
      description: train.destination ?? '',
      html: cleanTrain(train, trainSnapshot(train, known, settings), viewOptionsOf(ctx, settings)),
    }),
  )
}

function article(shown: {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly html: string
}): InlineQueryResultArticle {
  const { id, title, description, html } = shown
  return {
    type: 'article',
    id,
    title,
    description,
    input_message_content: { message_text: html, parse_mode: 'HTML', link_preview_options: { is_disabled: true } },
  }
}

interface Offer {
  readonly results: readonly InlineQueryResultArticle[]
  readonly cacheSeconds: number
  /** Its text; it opens the bot. */
  readonly button?: string | undefined
}

/** Personal: what one person may see, Telegram shows to nobody else. */
function offer(
  { answer: call }: Pick<Answers, 'answer'>,
  queryId: string,
  { results, cacheSeconds: cacheTime, button }: Offer,
): void {
  call('answerInlineQuery', {
    inline_query_id: queryId,
    results,
    cache_time: cacheTime,
    is_personal: true,
    ...(button !== undefined && { button: { text: button, start_parameter: startParameter } }),
  })
}
