import { eventKinds } from '@atermtrack/domain'
import { defineAction } from '../../routing/action.ts'
import { oneOf, pageNumber, rowId } from '../../routing/parameters.ts'

const aList = { listId: rowId }

export const showMailLists = defineAction('ml-list', { page: pageNumber })
export const addMailList = defineAction('ml-add')
export const openMailList = defineAction('ml-open', aList)
export const askMailListField = defineAction('ml-field', {
  ...aList,
  field: oneOf('name', 'addresses', 'clients', 'trains'),
})
/** All clients or trains, or no address. */
export const emptyMailListField = defineAction('ml-empty', { ...aList, field: oneOf('addresses', 'clients', 'trains') })
export const chooseMailListKinds = defineAction('ml-kinds', aList)
export const toggleMailListKind = defineAction('ml-kind', { ...aList, kind: oneOf(...eventKinds) })
export const testMailList = defineAction('ml-test', aList)
export const askToRemoveMailList = defineAction('ml-remove', aList)
export const removeMailList = defineAction('ml-remove-yes', aList)
