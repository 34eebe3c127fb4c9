import { settingNames } from '@atermtrack/domain'
import { z } from 'zod'
import { defineStep } from '../../routing/dialog-step.ts'

/** A setting, and the stored value of an admin that a new one is to replace. */
const change = { name: z.enum(settingNames), before: z.string().optional() }

export const valueStep = defineStep('cfg-value', change)
/** A new value waits for its button. */
export const confirmStep = defineStep('cfg-confirm', { ...change, value: z.string() })
