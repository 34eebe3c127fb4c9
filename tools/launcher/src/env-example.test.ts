import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const namesIn = (text: string, pattern: RegExp) => new Set(Array.from(text.matchAll(pattern), ([, name = '']) => name))

const backups = ['BACKUP_AT', 'BACKUP_KEEP_COUNT', 'BACKUP_KEEP_DAYS']
const limits = ['REDIS_MAXMEMORY', 'POSTGRES_MEMORY', 'REDIS_MEMORY']
const profiles = [...backups, 'ALERT_SECRETS', 'GRAFANA_PORT', 'SANDBOX_PORT', 'WEBHOOK_HOST']
const images = ['POSTGRES_IMAGE', 'REDIS_IMAGE', 'NODE_IMAGE']
const onlyForCompose = ['REDIS_PASS', ...limits, ...images, 'ATERMTRACK_TAG', ...profiles]
const sources = [
  'packages/runtime/src/common-env.ts',
  'packages/workbook-reader/src/settings.ts',
  ...['bot', 'ingester', 'reporter'].map(configOf),
  'tools/queue-page/src/config.ts',
].map(read)
const known = namesIn(sources.join('\n'), /^ {2}([A-Z][A-Z_]{2,}):/gm)
const described = namesIn(read('.env.example'), /^([A-Z][A-Z_]+)=$/gm)

test('.env.example describes exactly the variables that the services read', () => {
  expect([...described].toSorted()).toEqual([...known, ...onlyForCompose].toSorted())
})

test('docker-compose passes on only variables that exist, and all that make sense in a container', () => {
  const notInContainers = ['DATABASE_URL', 'DB_HOST', 'DB_PORT', 'REDIS_URL', 'OPS_PORT', 'OPS_HOST', 'QUEUE_PAGE_HOST']
  const handedOn = namesIn(read('docker-compose.yml'), /(?<!\$)\$\{([A-Z_]+)/g)
  const wanted = [...described].filter((name) => ![...notInContainers, 'SHUTDOWN_SECONDS'].includes(name))
  expect([...handedOn].toSorted()).toEqual(wanted.toSorted())
})

function configOf(service: string): string {
  return `services/${service}/src/config.ts`
}
