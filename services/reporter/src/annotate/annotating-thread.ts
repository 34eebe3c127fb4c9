import { parentPort, workerData } from 'node:worker_threads'
import { annotate, type AnnotatingRequest } from './annotating.ts'

// A thread handles one file and ends: whatever a hostile one does to its memory goes with it.
parentPort?.postMessage(await annotate(workerData as AnnotatingRequest), [])
