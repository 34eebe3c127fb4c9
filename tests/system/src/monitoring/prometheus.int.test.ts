import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ensureCommand, freePort } from '@atermtrack/servers'
import { expect, onTestFinished, test, waitUntil } from '@atermtrack/testkit'
import { z } from 'zod'
import type { ServiceProcess } from '../service-process.ts'
import { createSystem, openSandbox } from '../system.ts'

// Takes up to 90 s: installs Prometheus where it is missing, and runs it against all services.

const ops = join(import.meta.dirname, '../../../../ops')
const run = promisify(execFile)
const promtool = async () => ensureCommand({ command: 'promtool', debianPackage: 'prometheus' })
const amtool = async () => ensureCommand({ command: 'amtool', debianPackage: 'prometheus-alertmanager' })

test('promtool and amtool accept the configuration, and each alert fires on its cause', async () => {
  const tool = await promtool()
  await run(tool, ['check', 'config', join(ops, 'prometheus/prometheus.yml')])
  await run(tool, ['test', 'rules', join(ops, 'prometheus/alerts.test.yml')])
  // Debian's version does not know the file of the token yet.
  const routes = await readFile(join(ops, 'alertmanager/alertmanager.yml'), 'utf8')
  const folder = await scratchFolder()
  await writeFile(join(folder, 'alertmanager.yml'), routes.replace(/bot_token_file: .*/, 'bot_token: a'))
  const checked = await run(await amtool(), ['check-config', join(folder, 'alertmanager.yml')])
  expect(checked.stdout).toContain('2 receivers')
})

test('a healthy system raises no alert, and a killed bot is reported', async ({
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const [bot, ingester, reporter] = await Promise.all([
    system.start('bot'),
    system.start('ingester'),
    system.start('reporter'),
  ])
  await system.ready()
  const tool = await promtool()
  for (const { opsPort } of [bot, ingester, reporter]) {
    const metrics = await (await fetch(`http://127.0.0.1:${opsPort}/metrics`)).text()
    expect(await checkMetrics(tool, metrics)).toBe('')
  }
  await using prometheus = await startPrometheus({ bot, ingester, reporter })
  await waitUntil(async () => (await prometheus.query('sum(up)')).at(0) === '3', { what: 'three scrapes' })
  await waitUntil(async () => (await prometheus.query('count(atermtrack_queue_jobs)')).length > 0, {
    what: 'the states of the queues',
  })
  await waitUntil(async () => (await prometheus.alerts()).length === 0, { what: 'all alerts of the start to end' })
  await bot.kill9()
  await waitUntil(async () => (await prometheus.alerts()).includes('ServiceDown'), { what: 'the alert' })
})

interface Prometheus extends AsyncDisposable {
  /** The values of an expression. */
  readonly query: (expression: string) => Promise<readonly string[]>
  /** The names of the alerts that fire. */
  readonly alerts: () => Promise<readonly string[]>
}

const queryResult = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
})
const alertsResult = z.object({
  data: z.object({ alerts: z.array(z.object({ labels: z.object({ alertname: z.string() }) })) }),
})

/** Starts Prometheus with the rules of the repository, which fire at once, and a scrape a second. */
async function startPrometheus(services: Readonly<Record<string, ServiceProcess>>): Promise<Prometheus> {
  const folder = await scratchFolder()
  const rules = await readFile(join(ops, 'prometheus/alerts.yml'), 'utf8')
  await writeFile(join(folder, 'alerts.yml'), rules.replaceAll(/for: \d+m/g, 'for: 0s'))
  const jobs = Object.entries(services).map(([job, { opsPort }]) => ({
    job_name: job,
    static_configs: [{ targets: [`127.0.0.1:${opsPort}`] }],
  }))
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ['alerts.yml'],
    scrape_configs: jobs,
  }
  // JSON is YAML.
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config))
  const port = await freePort()
  const command = await ensureCommand({ command: 'prometheus', debianPackage: 'prometheus' })
  const child = spawn(
    command,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const get = async (path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}${path}`)).json()
  const isReady = async () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  await waitUntil(isReady, { what: 'prometheus' })
  return {
    query: async (expression) => {
      const { data } = queryResult.parse(await get(`/api/v1/query?query=${encodeURIComponent(expression)}`))
      return data.result.map(({ value: [, value] }) => value)
    },
    alerts: async () => {
      const { data } = alertsResult.parse(await get('/api/v1/alerts'))
      return data.alerts.map(({ labels }) => labels.alertname)
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What `promtool check metrics` complains about. */
async function checkMetrics(tool: string, metrics: string): Promise<string> {
  const child = spawn(tool, ['check', 'metrics'])
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (data: Buffer) => (said += data.toString()))
  child.stdin.end(metrics)
  await once(child, 'close')
  return said
}

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atermtrack-prometheus-'))
  onTestFinished(async () => rm(folder, { recursive: true, force: true }))
  return folder
}
