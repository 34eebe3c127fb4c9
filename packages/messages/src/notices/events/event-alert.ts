import { severities } from '@atermtrack/domain'
import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { escapeHtml } from '../../format/html.ts'
import { zoneLine } from '../../format/moments.ts'
import { button, defineNotice, type NoticeButton, readerOfData, rowId } from '../notice.ts'
import {
  type CorrectedContainers,
  correctedContainers,
  eventHeading,
  eventLines,
  likeEvents,
  listView,
  shortEventLines,
} from './event-lines.ts'

const mostCards = 2

/** To somebody who wants to know: like events of one train at one station. It is edited as more containers report the same. */
export const eventAlert = defineNotice(
  z.object({
    alertId: rowId,
    /** Zone of the source's times. */
    zone: z.string(),
    events: likeEvents,
    /** The forwarder's code of the train, where all containers ride in one. */
    trainCode: z.string().nullish(),
    corrected: correctedContainers.nullish(),
    /** Buttons that change somebody's settings are for private chats. */
    isInGroup: z.boolean().nullish(),
  }),
  ({ alertId, zone, events, trainCode, corrected, isInGroup }, reader) => {
    const { language } = reader
    const words = catalogue[language].events
    const heading = eventHeading(events, language)
    const isSilent = severities[events.kind] === 'quiet'
    if (events.count === 0) {
      const list = corrected ? listView(corrected, language) : ''
      return { html: words.correctedAll(heading, list), subject: heading, isSilent }
    }
    const html = [...eventLines(events, readerOfData(reader, zone)), ...correction(corrected, language)].join('\n')
    const cards = events.containers
      .slice(0, events.count <= mostCards ? mostCards : 0)
      .map((container) => button(`📦 ${container}`, 'card-open', container))
    const list = events.count > mostCards && !isInGroup ? [button(words.buttons.list, 'alert-list', alertId)] : []
    const train = trainCode ? [button(`${words.buttons.train} ${trainCode}`, 'train-open', trainCode.slice(1))] : []
    return {
      html,
      subject: words.subject(heading, words.containers(events.count)),
      isSilent,
      buttons: [cards, [...list, ...train], ...(isInGroup ? [] : [settingsRow(alertId, language)])],
    }
  },
)

/** To somebody: events of many kinds in one message, as a digest, after the quiet hours, or since there were too many messages. */
export const eventDigest = defineNotice(
  z.object({
    alertId: rowId,
    zone: z.string(),
    why: z.enum(['digest', 'morning', 'more']),
    /** Of the subscription, for a digest. */
    name: z.string().nullish(),
    groups: z.array(likeEvents).readonly(),
    /** Events of further groups. */
    others: z.int(),
    corrected: correctedContainers.nullish(),
    isInGroup: z.boolean().nullish(),
  }),
  ({ alertId, zone, why, name, groups, others, corrected, isInGroup }, reader) => {
    const { language } = reader
    const ofData = readerOfData(reader, zone)
    const words = catalogue[language].events
    const title =
      why === 'digest' ? words.digest(escapeHtml(name ?? '')) : why === 'morning' ? words.morning : words.gathered
    const html = [
      title,
      ...groups.map((group) => shortEventLines(group, ofData)),
      ...(others > 0 ? [words.otherGroups(others)] : []),
      ...correction(corrected, language),
      ...(groups.length > 0 ? [zoneLine(ofData)] : []),
    ].join('\n\n')
    const list = groups.length > 0 ? [button(words.buttons.list, 'alert-list', alertId)] : []
    return {
      html,
      subject: title.replaceAll(/<[^>]*>/g, ''),
      isSilent: groups.every(({ kind }) => severities[kind] === 'quiet'),
      buttons: isInGroup ? [] : [[...list, button(words.buttons.settings, 'alert-settings')]],
    }
  },
)

function correction(corrected: CorrectedContainers | null | undefined, language: Language): readonly string[] {
  return corrected && corrected.count > 0 ? [catalogue[language].events.corrected(listView(corrected, language))] : []
}

function settingsRow(alertId: number, language: Language): readonly NoticeButton[] {
  const { stop, settings } = catalogue[language].events.buttons
  return [button(stop, 'alert-stop', alertId), button(settings, 'alert-settings')]
}
