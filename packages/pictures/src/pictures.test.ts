import { describe, expect, test } from 'vitest'
import { barsSvg } from './bars-svg.ts'
import type { BarChart } from './chart.ts'
import { createPictures } from './pictures.ts'

const chart: BarChart = {
  kind: 'bars',
  title: 'Запросы за <7> дней',
  subtitle: 'МСК+7',
  categories: ['24.11', '25.11'],
  series: [
    { name: 'Запросы', values: [5, 12] },
    { name: 'Люди', values: [2, 0] },
  ],
}

describe('columns', () => {
  test('differ by pattern and show their numbers, with words in both alphabets', () => {
    const svg = barsSvg(chart)
    expect(svg.match(/<pattern /g)?.length).toBeGreaterThan(0)
    for (const text of ['Запросы за &lt;7&gt; дней', 'МСК+7', '24.11', '>12<']) expect(svg).toContain(text)
    expect(svg).toContain('#ffffff')
  })
})

// Takes up to 60 s: starts a process that loads the charts.
test('a picture is a PNG, drawn once for equal charts', async () => {
  const pictures = createPictures()
  const [first, again] = await Promise.all([pictures.draw(chart), pictures.draw({ ...chart })])
  expect(again).toBe(first)
  expect(first.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'))
  // Width and height of the picture.
  expect([first.readUInt32BE(16), first.readUInt32BE(20)]).toEqual([1_600, 1_120])
})
