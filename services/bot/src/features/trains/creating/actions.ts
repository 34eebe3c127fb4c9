import { defineAction } from '../../../routing/action.ts'

export const addTrain = defineAction('train-new')
