import { exportKinds, periodNames } from '@atermtrack/domain'
import { defineAction } from '../../routing/action.ts'
import { oneOf } from '../../routing/parameters.ts'

const kind = oneOf(...exportKinds)

export const listExports = defineAction('export-list')
export const chooseExport = defineAction('export-kind', { kind })
export const orderExport = defineAction('export-order', { kind, period: oneOf(...periodNames) })
export const askExportDates = defineAction('export-dates', { kind })
