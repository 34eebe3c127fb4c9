import { defineAction } from '../../../routing/action.ts'

export const askToForceAll = defineAction('sub-force-all')
export const typeForced = defineAction('sub-force-some')
export const forceReports = defineAction('sub-force-yes')
