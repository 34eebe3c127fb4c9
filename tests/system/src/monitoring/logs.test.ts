import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceEnv } from '@atermtrack/runtime'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const compose = z
  .object({
    'x-logging': z.object({ options: z.object({ labels: z.string() }) }),
    services: z.record(
      z.string(),
      z.object({
        profiles: z.array(z.string()).default([]),
        volumes: z.array(z.string()).default([]),
        networks: z.array(z.string()).default([]),
        cap_drop: z.array(z.string()),
        logging: z.unknown(),
      }),
    ),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read('docker-compose.yml'), { merge: true }))
const { services } = compose
const loki = z
  .object({
    server: z.object({ http_listen_port: z.number() }),
    common: z.object({
      path_prefix: z.string(),
      storage: z.object({ filesystem: z.object({ chunks_directory: z.string(), rules_directory: z.string() }) }),
    }),
    compactor: z.object({ working_directory: z.string(), retention_enabled: z.literal(true) }),
    limits_config: z.object({ retention_period: z.string().regex(/^\d+h$/) }),
  })
  .parse(parse(read('ops/loki/loki.yml')))
const dashboard = z
  .object({
    panels: z.array(
      z.object({ datasource: z.object({ uid: z.string() }), targets: z.array(z.object({ expr: z.string() })) }),
    ),
  })
  .parse(JSON.parse(read('ops/grafana/dashboards/logs.json')))
/** Without comments, and without the text of strings where only the structure counts. */
const alloy = read('ops/alloy/config.alloy').replaceAll(/^\s*\/\/.*$/gm, '')
const structure = alloy.replaceAll(/"[^"]*"|`[^`]*`/g, '""')

test('the pipeline of Alloy is closed: every part that one names is there, and it ends at Loki', () => {
  for (const [open, close] of [
    ['{', '}'],
    ['[', ']'],
  ] as const) {
    expect(structure.split(open).length).toBe(structure.split(close).length)
  }
  const parts = [...alloy.matchAll(/^([a-z_.]+) "(\w+)" \{$/gm)].map(([, kind, label]) => `${kind}.${label}`)
  expect(parts).toHaveLength(4)
  const named: readonly (string | undefined)[] = [
    ...structure.matchAll(/\b((?:local|loki)\.[a-z_.]+?)\.(?:receiver|targets)\b/g),
  ].map(([, part]) => part)
  expect(new Set(named)).toEqual(new Set(parts.filter((part) => part !== 'loki.source.file.containers')))
  const [, host = '', port] = /url = "http:\/\/(\w+):(\d+)\/loki\/api\/v1\/push"/.exec(alloy) ?? []
  expect(services[host]?.profiles).toEqual(['obs'])
  expect(Number(port)).toBe(loki.server.http_listen_port)
  const source = /__path__ = "(\/\w+)\//.exec(alloy)?.[1]
  expect(services['alloy']?.volumes).toContain(`/var/lib/docker/containers:${source}:ro`)
})

test('each container writes the label that Alloy reads into its lines', () => {
  const ofCompose = /attrs\."([^"]+)"/.exec(alloy)?.[1]
  expect(compose['x-logging'].options.labels).toBe(ofCompose)
  for (const { logging } of Object.values(services)) expect(logging).toMatchObject(compose['x-logging'])
  const fields = [...alloy.matchAll(/expressions = \{ (\w+) = "(\w+)" \}/g)].map(([, , field]) => field)
  expect(fields).toEqual(['level'])
})

test('the dashboard of the logs asks for labels, services and levels that exist', () => {
  const kept = /label_keep \{\s+values = \[([^\]]+)\]/.exec(alloy)?.[1]?.match(/\w+/g)
  expect(kept).toEqual(['service', 'level'])
  const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  expect(expressions.length).toBeGreaterThan(2)
  const known = {
    service: Object.keys(services),
    level: serviceEnv.shape.LOG_LEVEL.unwrap().options as readonly string[],
  } as const
  for (const expression of expressions) {
    const matchers = [...expression.matchAll(/(\w+)=~?"([^"]+)"/g)]
    expect(matchers.length).toBeGreaterThan(0)
    for (const [, label, values = ''] of matchers) {
      const names = values === '.+' ? [] : values.split('|')
      expect(names.filter((name) => !known[label as keyof typeof known].includes(name))).toEqual([])
    }
  }
})

test('every dashboard asks a source that Grafana is given', () => {
  const folder = 'ops/grafana/provisioning/datasources'
  const sources = readdirSync(join(root, folder)).flatMap(
    (name) =>
      z
        .object({ datasources: z.array(z.object({ uid: z.string(), url: z.url() })) })
        .parse(parse(read(`${folder}/${name}`))).datasources,
  )
  for (const { url } of sources) expect(services[new URL(url).hostname]?.networks).toContain('back')
  const uids = new Set(sources.map(({ uid }) => uid))
  for (const name of readdirSync(join(root, 'ops/grafana/dashboards'))) {
    const asked = [...read(`ops/grafana/dashboards/${name}`).matchAll(/"uid": "(\w+)"/g)].map(([, uid]) => uid!)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((uid) => !uids.has(uid))).toEqual([])
  }
})

test('volumes are declared, and Loki keeps everything on its own', () => {
  for (const { volumes, cap_drop: dropped } of Object.values(services)) {
    expect(dropped).toEqual(['ALL'])
    const own = volumes.map((volume) => volume.split(':', 1)[0] ?? '').filter((volume) => /^[a-z-]+$/.test(volume))
    expect(own.filter((volume) => !Object.hasOwn(compose.volumes, volume))).toEqual([])
  }
  const { path_prefix: path, storage } = loki.common
  expect(services['loki']?.volumes).toContain(`loki:${path}`)
  const { chunks_directory: chunks, rules_directory: rules } = storage.filesystem
  const folders = [chunks, rules, loki.compactor.working_directory]
  expect(folders.filter((folder) => !folder.startsWith(`${path}/`))).toEqual([])
})
