import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** The message of a broadcast; `replacesId` is the draft that it replaces. */
export const textStep = defineStep('broadcast-text', { replacesId: z.int().positive().optional() })
/** Further parts of the album of a draft. */
export const albumStep = defineStep('broadcast-album', { broadcastId: z.int().positive(), mediaGroupId: z.string() })
export const timeStep = defineStep('broadcast-time', { broadcastId: z.int().positive() })
