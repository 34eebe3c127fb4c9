import { z } from 'zod'
import type { Language } from '../catalogue.ts'
import type { MomentReader } from '../format/moments.ts'
import type { NoticeAction } from './actions.ts'

/** A button under a notice: what it says, and the action of the bot that it asks for. */
export interface NoticeButton {
  readonly text: string
  readonly action: NoticeAction
  /** Rows and pages that the action is about. */
  readonly ids: readonly (number | string)[]
}

/** A notice in the language of its reader. */
export interface RenderedNotice {
  /** Telegram HTML. */
  readonly html: string
  readonly buttons?: readonly (readonly NoticeButton[])[]
  /** The main menu of the bot comes along, with or without the button of admins. */
  readonly withMenu?: 'member' | 'admin'
  /** It comes without a sound at any hour. */
  readonly isSilent?: boolean
  /** The subject where it leaves as an e-mail. */
  readonly subject?: string
}

/** Whom a notice is rendered for, and when. */
export interface NoticeReader {
  readonly language: Language
  /** Zone of times that are the reader's own. */
  readonly zone: string
  /** The zone that the reader has chosen for all times. */
  readonly chosenZone?: string | undefined
  readonly now: Date
}

/** One kind of notice: what is stored about it, and what its reader gets. */
export interface NoticeDefinition<Params extends z.ZodType> {
  readonly params: Params
  // A method, so that definitions of different parameters are of one type.
  render(this: void, params: z.output<Params>, reader: NoticeReader): RenderedNotice
}

/** Declares a kind of notice. Parameters only ever gain optional fields: rows of the release before are still rendered. */
export function defineNotice<Params extends z.ZodType>(
  params: Params,
  render: NoticeDefinition<Params>['render'],
): NoticeDefinition<Params> {
  return { params, render }
}

/** A moment among the parameters: a `Date` where a notice is written, the text that JSON makes of it where it is read. */
export const instant = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))])

/** How a notice about data writes moments: in the zone that the reader has chosen, else in that of the data. */
export function readerOfData(reader: NoticeReader, zone: string | null | undefined): MomentReader {
  return { ...reader, zone: reader.chosenZone ?? zone ?? reader.zone }
}

export const rowId = z.int().positive()

export function button(text: string, action: NoticeAction, ...ids: readonly (number | string)[]): NoticeButton {
  return { text, action, ids }
}
