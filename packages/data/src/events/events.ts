export { listOfContainer } from './container-events.ts'
export { type Detection, detectEvents } from './detect-events.ts'
export { requestDetection } from './examined-containers.ts'
export { type ChangedSubject, type ChangeGroup, countChanges, findLastReport } from './changes.ts'
