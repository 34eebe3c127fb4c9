import { createRequire } from 'node:module'
import { serveTasks } from '@atermtrack/workbook-reader'
import { Resvg } from '@resvg/resvg-js'
import type { Chart } from './chart.ts'
import { fontFamily, width } from './svg-kit.ts'
import { toSvg } from './to-svg.ts'

// Draws charts and answers with their bytes.

const require = createRequire(import.meta.url)
/** Regular and bold, with Cyrillic: the picture must not depend on the fonts of the machine. */
const fontFiles = [
  require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
]
const pixelsWide = width * 2

const font = { fontFiles, loadSystemFonts: false, defaultFontFamily: fontFamily }

await serveTasks(async ({ chart }: { readonly chart: Chart }) => {
  const picture = new Resvg(await toSvg(chart), { font, fitTo: { mode: 'width', value: pixelsWide } }).render()
  return new Uint8Array(picture.asPng())
})
