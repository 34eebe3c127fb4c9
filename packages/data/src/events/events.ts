export { type Detection, detectEvents } from './detect-events.ts'
export { requestDetection } from './examined-containers.ts'
