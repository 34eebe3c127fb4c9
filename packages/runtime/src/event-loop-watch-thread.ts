import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { EventLoopWatch } from './event-loop-watch.ts'

const { beats, limitMs } = workerData as EventLoopWatch
const view = new Int32Array(beats)
const looks = 8
const standardOutput = 1
let seen = -1
let missed = 0

// Checks are counted instead of time: in a stopped process they stop too.
setInterval(() => {
  const now = Atomics.load(view, 0)
  missed = now === seen ? missed + 1 : 0
  seen = now
  if (missed < looks) return
  // The logger lives in the thread that hangs.
  const line = {
    level: 'fatal',
    time: new Date().toISOString(),
    limitMs,
    msg: 'the event loop stands still, the process ends',
  }
  writeSync(standardOutput, `${JSON.stringify(line)}\n`)
  process.kill(process.pid, 'SIGKILL')
}, limitMs / looks)
