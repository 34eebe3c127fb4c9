import { defineAction } from '../../routing/action.ts'
import { pageNumber, rowId } from '../../routing/parameters.ts'

export const showForecasts = defineAction('forecast-list', { page: pageNumber })
export const showLane = defineAction('forecast-lane', { laneId: rowId, page: pageNumber })
