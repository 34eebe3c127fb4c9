import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportProcessMetrics, renderMetrics } from '@atermtrack/runtime'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
/** All but that of the logs, which logs.test.ts reads. */
const dashboards = readdirSync(join(root, 'ops/grafana/dashboards'))
  .filter((name) => name !== 'logs.json')
  .map((name) => `ops/grafana/dashboards/${name}`)
const alerts = read('ops/prometheus/alerts.yml')
const names = [...alerts.matchAll(/alert: (\w+)/g)].map(([, name]) => name!)

/** The names of all exported metrics; a histogram has three. */
async function exportedNames(): Promise<ReadonlySet<string>> {
  exportProcessMetrics({ service: 'test' })
  const { body } = await renderMetrics()
  return new Set(
    [...body.matchAll(/^# TYPE (\S+) (\w+)/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name!],
    ),
  )
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:atermtrack|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name)
}

test.each([...dashboards, 'ops/prometheus/alerts.yml', 'ops/prometheus/alerts.test.yml'])(
  '%s names only metrics that the code exports',
  async (path) => {
    const exported = await exportedNames()
    const used = namesIn(read(path))
    expect(used.length).toBeGreaterThan(3)
    expect(used.filter((name) => !exported.has(name))).toEqual([])
  },
)

test('every metric of ours is on a dashboard or raises an alert', async () => {
  const used = new Set([...dashboards, 'ops/prometheus/alerts.yml'].flatMap((path) => namesIn(read(path))))
  const own = [...(await exportedNames())].filter(
    (name) => name.startsWith('atermtrack_') && !/_(sum|count)$/.test(name),
  )
  expect(own.filter((name) => !used.has(name))).toEqual([])
})

test('every alert has a section in the runbook and a test', () => {
  const sections = [...read('docs/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name)
  expect(sections).toEqual(names)
  for (const name of names) expect(alerts).toContain(`runbook: docs/runbook.md#${name.toLowerCase()}`)
  const tests = read('ops/prometheus/alerts.test.yml')
  expect(names.filter((name) => !tests.includes(name))).toEqual([])
})
