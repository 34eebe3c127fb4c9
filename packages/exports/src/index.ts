export { describeExport, type ExportAbout, type ExportReading, writeExport } from './write-export.ts'
export { writePersonalData } from './write-personal-data.ts'
