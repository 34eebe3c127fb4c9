import { serveTasks } from '@atermtrack/workbook-reader'
import { annotate } from './annotating.ts'

await serveTasks(annotate)
