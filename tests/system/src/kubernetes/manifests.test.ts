import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1'
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import { contracts } from '@atermtrack/queue'
import { exportProcessMetrics, renderMetrics } from '@atermtrack/runtime'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Job } from 'kubernetes-models/batch/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, PersistentVolumeClaim, Service, ServiceAccount } from 'kubernetes-models/v1'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listUnknownFields } from './list-unknown-fields.ts'
import { isThere, type Manifest, readManifests, readSettings, root } from './read-manifests.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifests = readManifests()
const ofKind = (kind: string) => manifests.filter((one) => one.kind === kind)
const services = ['bot', 'ingester', 'reporter']
/** Names that the schemas of the services know, as the reference says that is made from them. */
const settings = new Set([...read('docs/settings.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name))

/** The objects whose schemas are known; a file of kustomize has none here. */
const schemas: Readonly<Record<string, new (data: never) => { readonly validate: () => void }>> = {
  Deployment,
  Job,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PodMonitor,
  ScaledObject,
  Service,
  ServiceAccount,
}
const withoutSchema = ['Component', 'Kustomization']

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) })
const container = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: z.object({ requests: z.record(z.string(), z.string()), limits: z.object({ memory: z.string() }) }),
  securityContext: z.unknown(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
})
const pod = z.object({
  terminationGracePeriodSeconds: z.number().optional(),
  automountServiceAccountToken: z.boolean(),
  securityContext: z.unknown(),
  containers: z.tuple([container]),
  volumes: z.array(
    z.object({
      name: z.string(),
      secret: z.object({ items: z.array(z.object({ key: z.string(), path: z.string() })) }).optional(),
    }),
  ),
})
const workload = z.object({
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }).optional(),
    template: z.object({ metadata: z.object({ labels: z.record(z.string(), z.string()) }), spec: pod }),
  }),
})

const workloads = [...ofKind('Deployment'), ...ofKind('Job')].map((one) => {
  const { spec } = workload.parse(one)
  const [main] = spec.template.spec.containers
  return {
    name: nameOf(one),
    selector: spec.selector,
    labels: spec.template.metadata.labels,
    pod: spec.template.spec,
    main,
  }
})

test.each(manifests.map((one) => [`${one.path}: ${one.kind} ${nameOf(one)}`, one] as const))(
  '%s is valid',
  (_, one) => {
    if (withoutSchema.includes(one.kind)) return
    const { path: _path, ...object } = one
    const Schema = schemas[one.kind]
    if (!Schema) throw new Error(`${one.kind} has no schema here`)
    const checked = new Schema(object as never)
    checked.validate()
    expect(checked).toMatchObject({ apiVersion: one.apiVersion, kind: one.kind })
    expect(listUnknownFields(object, (changed) => new Schema(changed as never).validate())).toEqual([])
  },
)

test('kustomize reads every file, and only files that are there', () => {
  const listed = [...ofKind('Kustomization'), ...ofKind('Component')].flatMap((one) => {
    const { resources = [], components = [], configMapGenerator = [] } = kustomization.parse(one)
    const paths = [...resources, ...components, ...configMapGenerator.flatMap(({ envs }) => envs)]
    expect(paths.filter((path) => !isThere(one, path))).toEqual([])
    return paths.map((path) => basename(path))
  })
  const objects = manifests.filter(({ kind }) => kind !== 'Kustomization' && kind !== 'Component')
  expect(objects.map(({ path }) => basename(path)).filter((name) => !listed.includes(name))).toEqual([])
})

test('every workload has least rights, limits and only settings and secrets that exist', () => {
  const documented = new Set([...read('docs/scaling.md').matchAll(/--from-file=([a-z-]+)=/g)].map(([, key]) => key))
  const used = new Set<string>()
  expect([...readSettings().keys()].filter((name) => !settings.has(name))).toEqual([])
  for (const { name, pod: of, main } of workloads) {
    const { runAsNonRoot, seccompProfile } = rights.parse(of.securityContext)
    expect([name, runAsNonRoot, seccompProfile.type]).toEqual([name, true, 'RuntimeDefault'])
    expect(of.automountServiceAccountToken).toBe(false)
    expect(main.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(main.image).toBe('atermtrack')
    expect(Object.keys(main.resources.requests)).toEqual(['cpu', 'memory'])
    const names = main.env.map((one) => one.name.replace(/_FILE$/, ''))
    expect(names.filter((one) => !settings.has(one))).toEqual([])
    const keys = of.volumes.flatMap(({ secret }) => secret?.items ?? []).map(({ key }) => key)
    const files = main.env.filter((one) => one.name.endsWith('_FILE')).map(({ value }) => basename(value))
    expect(files.toSorted()).toEqual(keys.toSorted())
    for (const key of keys) used.add(key)
    expect(main.volumeMounts.map((one) => one.name).toSorted()).toEqual(of.volumes.map((one) => one.name).toSorted())
  }
  expect(used).toEqual(documented)
})

test('the services answer the probes on the port that the settings name, and may end in order', () => {
  const opsPort = Number(readSettings().get('OPS_PORT'))
  const deployed = workloads.filter(({ name }) => services.includes(name))
  expect(deployed.map(({ name }) => name).toSorted()).toEqual(services)
  for (const { name, main, pod: of } of deployed) {
    expect(main.command).toEqual(['node', `services/${name}/dist/main.js`])
    expect(main.ports).toContainEqual({ name: 'ops', containerPort: opsPort })
    expect(main.livenessProbe?.httpGet).toEqual({ path: '/healthz', port: 'ops' })
    expect(main.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'ops' })
    const shutdownSeconds = 12 + 5
    expect(of.terminationGracePeriodSeconds).toBeGreaterThan(shutdownSeconds)
  }
  const webhookPort = deployed.flatMap(({ main }) => main.ports).find(({ name }) => name === 'webhook')?.containerPort
  expect(read('docs/settings.md')).toContain(`| \`WEBHOOK_PORT\` | number | \`${webhookPort}\` |`)
})

test('selectors find the pods that they mean', () => {
  const common = { 'app.kubernetes.io/name': 'atermtrack' }
  const podsWith = (labels: Readonly<Record<string, string>>) =>
    workloads.filter(({ labels: own }) =>
      Object.entries({ ...labels }).every(([key, value]) => ({ ...common, ...own })[key] === value),
    )
  for (const { name, selector } of workloads.filter((one) => one.selector !== undefined)) {
    expect(podsWith(selector?.matchLabels ?? {}).map((one) => one.name)).toEqual([name])
  }
  for (const one of ofKind('PodDisruptionBudget')) {
    const { spec } = budget.parse(one)
    expect(podsWith(spec.selector.matchLabels).map(({ name }) => name)).toEqual([nameOf(one)])
  }
  for (const one of ofKind('Service')) expect(podsWith(serviceOf.parse(one).spec.selector)).toHaveLength(1)
  const targets = ofKind('ScaledObject').map((one) => scaled.parse(one).spec.scaleTargetRef.name)
  expect(targets).toEqual(services)
})

test('copies are counted by metrics and queues that exist, and fit into the connections of PostgreSQL', async () => {
  exportProcessMetrics({ service: 'test' })
  const { body } = await renderMetrics()
  const exported = new Set([...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name))
  const queues = new Set<string>(contracts.map(({ name }) => name))
  let connections = 0
  for (const one of ofKind('ScaledObject')) {
    const { spec } = scaled.parse(one)
    expect(spec.minReplicaCount).toBeLessThan(spec.maxReplicaCount)
    const queries = spec.triggers.flatMap(({ metadata }) => metadata['query'] ?? [])
    const metricsUsed = queries.flatMap((query) => query.match(/atermtrack_\w+/g) ?? [])
    expect(metricsUsed).toHaveLength(queries.length)
    expect(metricsUsed.filter((name) => !exported.has(name))).toEqual([])
    const queuesUsed = queries.flatMap((query) => [...query.matchAll(/queue="([^"]+)"/g)].map(([, name = '']) => name))
    expect(queuesUsed.filter((name) => !queues.has(name))).toEqual([])
    const pool = /^const poolSize = (\d+)$/m.exec(sourceOf(nameOf(one)))?.[1]
    connections += Number(pool) * spec.maxReplicaCount
  }
  const [ofBackup, ofMigrate, ofSuperusers, keptFree] = [1, 1, 3, 10]
  expect(connections + ofBackup + ofMigrate).toBeLessThanOrEqual(100 - ofSuperusers - keptFree)
})

const kustomization = z.object({
  resources: z.array(z.string()).optional(),
  components: z.array(z.string()).optional(),
  configMapGenerator: z.array(z.object({ envs: z.array(z.string()) })).optional(),
})
const rights = z.object({ runAsNonRoot: z.boolean(), seccompProfile: z.object({ type: z.string() }) })
const budget = z.object({
  spec: z.object({
    maxUnavailable: z.literal(1),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
  }),
})
const serviceOf = z.object({ spec: z.object({ selector: z.record(z.string(), z.string()) }) })
const scaled = z.object({
  spec: z.object({
    scaleTargetRef: z.object({ name: z.string() }),
    minReplicaCount: z.number(),
    maxReplicaCount: z.number(),
    triggers: z.array(z.object({ metadata: z.record(z.string(), z.string()) })),
  }),
})

/** The sources in the folder of a service itself, one of which opens its pool. */
function sourceOf(service: string): string {
  const folder = `services/${service}/src`
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))
  return files.map((name) => read(`${folder}/${name}`)).join('\n')
}

function nameOf({ metadata }: Manifest): string {
  return metadata?.name ?? ''
}
