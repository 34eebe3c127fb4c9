import { broadcasts, companies, type Db } from '@atermtrack/data'
import type { AccessPolicy, BroadcastAudience } from '@atermtrack/domain'
import { audienceText, broadcastTexts as texts, type Language, formatExact } from '@atermtrack/messages'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export interface DraftPanel {
  readonly draft: Pick<broadcasts.Broadcast, 'id' | 'sendAt' | 'isSilent' | 'revision'>
  /** The audience in words. */
  readonly audience: string
  readonly count: number
}

/** The text below the preview: audience, time and sound, and the button that sends to that number. */
export function draftView({ draft, audience, count }: DraftPanel, reader: ReaderOfTimes): View {
  const { language } = reader
  const words = texts[language]
  const { id: broadcastId, sendAt, isSilent, revision } = draft
  const lines = [words.preview, '', ...choiceLines({ draft, audience, count }, reader)]
  const label = sendAt ? `🕒 ${words.schedule(count)}` : `📣 ${words.send(count)}`
  const send = actions.sendBroadcast.button(label, { broadcastId, recipients: count, revision })
  return {
    html: [...lines, ...(count === 0 ? ['', words.nobody] : [])].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...(count === 0 ? [] : [[send]]),
        [
          actions.chooseAudience.button(words.audienceButton, { broadcastId }),
          actions.chooseTime.button(words.timeButton, { broadcastId }),
        ],
        [actions.toggleSound.button(words.soundButton(isSilent), { broadcastId })],
        [
          actions.rewriteDraft.button(words.rewrite, { broadcastId }),
          actions.dropDraft.button(words.drop, { broadcastId }),
        ],
      ],
    },
  }
}

/** An admin who reads times. */
export interface ReaderOfTimes {
  readonly language: Language
  readonly zone: string
}

/** To whom, when, and with which sound, in lines of HTML. */
export function choiceLines(
  { draft: { sendAt, isSilent }, audience, count }: DraftPanel,
  { language, zone }: ReaderOfTimes,
): readonly string[] {
  const words = texts[language]
  return [
    words.audienceLine(audience, count),
    words.timeLine(sendAt && formatExact(sendAt, { language, zone })),
    words.soundLine(isSilent),
  ]
}

/** Reads what the panel of a broadcast shows: the words for its audience, and how many people that is now. */
export async function readPanel(
  db: Db,
  draft: broadcasts.Broadcast,
  { policy, language }: { readonly policy: AccessPolicy; readonly language: Language },
): Promise<DraftPanel> {
  const audience = await describeAudience(db, draft.audience, language)
  return { draft, audience, count: await broadcasts.countAudience(db, draft.audience, policy) }
}

async function describeAudience(db: Db, audience: BroadcastAudience, language: Language): Promise<string> {
  if (audience.kind === 'person') throw new Error('a message to one person has no panel of a broadcast')
  const company = audience.kind === 'company' ? await companies.find(db, audience.companyId) : undefined
  return audienceText(audience, company?.name, language)
}
