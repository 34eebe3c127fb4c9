export type { BarChart, Chart } from './chart.ts'
export { createPictures, type Pictures } from './pictures.ts'
