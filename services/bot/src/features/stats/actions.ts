import { statisticsPeriods } from '@atermtrack/domain'
import { defineAction } from '../../routing/action.ts'
import { oneOf } from '../../routing/parameters.ts'

const period = oneOf(...statisticsPeriods)

export const showStats = defineAction('stats-show', { period })
export const drawStats = defineAction('stats-draw', { period })
