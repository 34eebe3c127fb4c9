/** Parts that a person can hide on the card of a container. */
export const cardParts = [
  'route',
  'operation',
  'idle',
  'distance',
  'forecast',
  'train',
  'wagon',
  'waybill',
  'ties',
] as const

export type CardPart = (typeof cardParts)[number]
