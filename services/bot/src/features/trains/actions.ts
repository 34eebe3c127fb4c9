import { defineAction } from '../../routing/action.ts'
import { pageNumber, trainCode } from '../../routing/parameters.ts'

export const listTrains = defineAction('train-list', { page: pageNumber })
/** Sends the card of a train as a new message. */
export const openTrain = defineAction('train-open', { trainCode })
/** Replaces a page by the card. */
export const showTrain = defineAction('train', { trainCode })
export const refreshTrain = defineAction('train-refresh', { trainCode })
export const showContainers = defineAction('train-boxes', { trainCode, page: pageNumber })
export const showClients = defineAction('train-clients', { trainCode, page: pageNumber })
/** The lists of a train and the files that brought them. */
export const listLists = defineAction('train-lists', { trainCode, page: pageNumber })
export const sendTrainWorkbook = defineAction('train-excel', { trainCode })
export const drawTrain = defineAction('train-route', { trainCode })
export const subscribeToTrain = defineAction('train-sub', { trainCode })
