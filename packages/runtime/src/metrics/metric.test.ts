import { expect, test } from 'vitest'
import { counter, duration, gauge, renderMetrics } from './metric.ts'

async function linesOf(name: string): Promise<readonly string[]> {
  const { body } = await renderMetrics()
  return body.split('\n').filter((line) => line.startsWith(name))
}

test('a counter grows, by labels', async () => {
  const metric = counter({ name: 'atermtrack_test_total', help: 'A test.', labels: ['kind'] })
  metric.add({ kind: 'a' })
  metric.add({ kind: 'a' }, 2)
  metric.add({ kind: 'b"\n' })
  expect(await linesOf('atermtrack_test_total')).toEqual([
    'atermtrack_test_total{kind="a"} 3',
    String.raw`atermtrack_test_total{kind="b\"\n"} 1`,
  ])
})

test('a duration counts what took at most so many seconds', async () => {
  const metric = duration({ name: 'atermtrack_test_seconds', help: 'A test.', labels: ['kind'] }, [0.1, 1])
  metric.observe({ kind: 'a' }, 0.05)
  metric.observe({ kind: 'a' }, 3)
  expect(await linesOf('atermtrack_test_seconds')).toEqual([
    'atermtrack_test_seconds_bucket{le="0.1",kind="a"} 1',
    'atermtrack_test_seconds_bucket{le="1",kind="a"} 1',
    'atermtrack_test_seconds_bucket{le="+Inf",kind="a"} 2',
    'atermtrack_test_seconds_sum{kind="a"} 3.05',
    'atermtrack_test_seconds_count{kind="a"} 2',
  ])
})

test('a gauge forgets the series that are not among the new ones, and can read them at the scrape', async () => {
  const metric = gauge({ name: 'atermtrack_test_state', help: 'A test.', labels: ['kind'] })
  metric.replace([
    [{ kind: 'a' }, 1],
    [{ kind: 'b' }, 2],
  ])
  metric.replace([[{ kind: 'b' }, 3]])
  expect(await linesOf('atermtrack_test_state')).toEqual(['atermtrack_test_state{kind="b"} 3'])
  let value = 4
  metric.readAtScrape(() => [[{ kind: 'c' }, value++]])
  expect(await linesOf('atermtrack_test_state')).toEqual(['atermtrack_test_state{kind="c"} 4'])
  expect(await linesOf('atermtrack_test_state')).toEqual(['atermtrack_test_state{kind="c"} 5'])
})
