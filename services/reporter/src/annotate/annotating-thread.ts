import { parentPort, workerData } from 'node:worker_threads'
import { annotate, type AnnotatingRequest } from './annotating.ts'

// A thread handles one file and ends: the memory that a hostile file fills goes with the thread.
parentPort?.postMessage(await annotate(workerData as AnnotatingRequest), [])
