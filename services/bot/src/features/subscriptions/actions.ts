import { columnPresets, eventKinds, reportColumns, subscriptionSubjects } from '@atermtrack/domain'
import { defineAction } from '../../routing/action.ts'
import {
  cityZone,
  containerNumber,
  count,
  moment,
  oneOf,
  optional,
  pageNumber,
  rowId,
  rowIdOrNone,
  timeOfDay,
  token,
} from '../../routing/parameters.ts'

const own = { subscriptionId: rowId }
const subject = oneOf(...subscriptionSubjects)

/** With a person, an admin sees theirs. */
export const listSubscriptions = defineAction('sub-list', { page: pageNumber, personId: optional(rowId) })
export const viewSubscription = defineAction('sub-view', own)
export const sendReportNow = defineAction('sub-send', own)
export const askToRemoveSubscription = defineAction('sub-remove', own)
export const removeSubscription = defineAction('sub-remove-yes', own)
export const restoreSubscription = defineAction('sub-restore', own)
export const copySubscription = defineAction('sub-copy', own)

export const beginSubscription = defineAction('sub-add')
/** A button of cards that are older than the watch button. */
export const beginSubscriptionOfOne = defineAction('sub-new', { container: containerNumber })
/** To the numbers of an answer, which the update of its question identifies. */
export const subscribeToList = defineAction('sub-of-list', { list: rowId })
/** To a question, which its update identifies. */
export const subscribeToQuestion = defineAction('sub-of-question', { question: rowId })
export const acceptSuggestedName = defineAction('sub-named')
export const chooseSubject = defineAction('sub-about', { subject })
export const closeNumbers = defineAction('sub-next')
export const chooseTimes = defineAction('sub-times', { first: timeOfDay, second: optional(timeOfDay) })
export const saveSubscription = defineAction('sub-save')
export const dropDraft = defineAction('sub-drop')
export const keepDraft = defineAction('sub-draft-keep')
export const resumeDraft = defineAction('sub-draft-resume')
export const deleteDraft = defineAction('sub-draft-drop')

/** Asks for a text that changes a subscription. */
export const typeSetting = defineAction('sub-type', {
  ...own,
  field: oneOf('name', 'add', 'cut', 'times', 'days', 'pause', 'digest', 'colleague', 'past', 'columns'),
})
export const openWhen = defineAction('sub-when', own)
export const setTimes = defineAction('sub-slots', { ...own, first: timeOfDay, second: optional(timeOfDay) })
export const toggleDay = defineAction('sub-day', { ...own, day: count })
export const setDays = defineAction('sub-days', { ...own, days: oneOf('all', 'work') })
export const offerZones = defineAction('sub-zones', { ...own, page: pageNumber })
export const setZone = defineAction('sub-zone', { ...own, zone: cityZone })
export const offerPause = defineAction('sub-pause', own)
/** 0 days: until the person resumes it. */
export const pauseFor = defineAction('sub-pause-for', { ...own, days: count })
export const resumeSubscription = defineAction('sub-resume', own)
export const offerSubjects = defineAction('sub-subjects', own)
export const changeSubject = defineAction('sub-subject', { ...own, subject })
/** Without a subscription, about the one that the open dialog creates. */
const ownOrNew = { subscriptionId: rowIdOrNone }
export const offerCompanies = defineAction('sub-companies', { ...ownOrNew, page: pageNumber })
/** Without a company, everything that the person sees. */
export const chooseCompany = defineAction('sub-company', { ...ownOrNew, companyId: rowIdOrNone })
export const chooseClient = defineAction('sub-client', { ...ownOrNew, partyId: rowId })
export const openColumns = defineAction('sub-columns', { ...own, page: pageNumber })
export const toggleColumn = defineAction('sub-column', { ...own, column: oneOf(...reportColumns), page: pageNumber })
export const setColumns = defineAction('sub-columns-set', { ...own, preset: oneOf(...columnPresets), page: pageNumber })
export const openColumnOrder = defineAction('sub-columns-order', { ...own, page: pageNumber })
export const moveColumn = defineAction('sub-column-move', {
  ...own,
  column: oneOf(...reportColumns),
  direction: oneOf('left', 'right'),
  page: pageNumber,
})
export const openOptions = defineAction('sub-options', own)
export const toggleOption = defineAction('sub-option', {
  ...own,
  option: oneOf('changes', 'empty', 'order', 'leave', 'picture'),
})
export const openTemplate = defineAction('sub-template', own)
export const askTemplate = defineAction('sub-template-new', own)
export const removeTemplate = defineAction('sub-template-out', own)
export const openEvents = defineAction('sub-events', own)
export const toggleEvent = defineAction('sub-event', { ...own, kind: oneOf(...eventKinds) })
export const setTiming = defineAction('sub-timing', { ...own, timing: oneOf('at_once', 'digest', 'never') })

export const openItems = defineAction('sub-items', { ...own, page: pageNumber })
export const removeItem = defineAction('sub-item-out', { ...own, container: containerNumber, page: pageNumber })
/** Takes a removal by the person back, which its moment names. */
export const restoreItems = defineAction('sub-items-back', { ...own, removedAt: moment })
/** Puts back what has left the list by itself since a moment. */
export const putItemsBack = defineAction('sub-put-back', { ...own, since: moment })

export const rehearse = defineAction('sub-try', own)
export const sendPast = defineAction('sub-past', { ...own, day: token, time: optional(timeOfDay) })

export const openTargets = defineAction('sub-targets', own)
export const removeTarget = defineAction('sub-target-out', { ...own, targetId: rowId })
