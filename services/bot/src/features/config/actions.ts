import { settingGroups, settingNames } from '@atermtrack/domain'
import { defineAction } from '../../routing/action.ts'
import { oneOf, pageNumber } from '../../routing/parameters.ts'

const aSetting = { name: oneOf(...settingNames) }

export const showConfig = defineAction('cfg-show')
export const openSettingGroup = defineAction('cfg-group', { group: oneOf(...settingGroups) })
export const openSetting = defineAction('cfg-open', aSetting)
export const askForValue = defineAction('cfg-change', aSetting)
/** The value is in the dialog. */
export const confirmValue = defineAction('cfg-confirm', aSetting)
export const resetSetting = defineAction('cfg-reset', aSetting)
export const showSettingHistory = defineAction('cfg-history', { ...aSetting, page: pageNumber })
