import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { envForWalk, launch, listenForInterrupts } from '@atermtrack/launcher'
import { openCamera } from './camera.ts'
import { takePictures } from './take-pictures.ts'

const root = join(import.meta.dirname, '../../..')
const folder = join(root, 'docs', 'images')

let kill: () => void = () => undefined
const signal = listenForInterrupts(() => kill())

await using camera = await openCamera()
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
await launch(
  {
    root,
    env: { ...envForWalk(process.env), ACCESS_MODE: 'approval' },
    throwaway: true,
    signal,
    onServices: (services) => (kill = services.kill),
  },
  async (system) => takePictures(system, { camera, folder, signal }),
)
