import { Socket } from 'node:net'
import { workerData } from 'node:worker_threads'

// Ends the process with its parent, whatever the main thread is doing.
const { lifeline } = workerData as { readonly lifeline: number }
const end = () => process.kill(process.pid, 'SIGKILL')
new Socket({ fd: lifeline }).on('error', end).on('close', end).resume()
