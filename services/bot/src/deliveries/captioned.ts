import type { broadcasts } from '@atermtrack/data'

interface Caption {
  readonly caption: string
  readonly parse_mode: string | undefined
}

/** The payload of a call that sends files, with a caption in place of its own; an album has it below its first part. */
export function captioned({ payload }: broadcasts.BroadcastContent, caption: Caption): Record<string, unknown> {
  const { media } = payload
  if (!Array.isArray(media)) return { ...payload, ...caption }
  const [first, ...others] = media as readonly Readonly<Record<string, unknown>>[]
  return { ...payload, media: [{ ...first, caption_entities: undefined, ...caption }, ...others] }
}
