export type {
  BarChart,
  Chart,
  Lane,
  LanesChart,
  PaceChart,
  PaceLine,
  RouteChart,
  RouteStop,
  Span,
  Tick,
  TimeMark,
  TimeStrip,
} from './chart.ts'
export { createPictures, type Pictures } from './pictures.ts'
