import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../bootstrap/paths.mjs'

/**
 * The settings reference as Markdown: names, values and defaults from the zod schemas of the built services, sections and sentences
 * from `.env.example`, which a test compares with the schemas.
 * @returns {Promise<string>}
 */
export async function settingsReference() {
  const described = describe(readFileSync(join(root, '.env.example'), 'utf8'))
  const known = await loadSchemas()
  const sections = described.map(({ title, settings }) => {
    const rows = settings.map(({ name, about }) => row(name, about, known))
    return [
      `## ${title}`,
      '',
      '| variable | values | default | read by | meaning |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n')
  })
  return `${[head, ...sections].join('\n\n')}\n`
}

const head = `# Settings

Generated from the schemas of the services and from \`.env.example\` by \`node tools/checks/main.mjs --write\`.

Every service reads its environment once, at the start, and names all problems of it at once. An empty variable counts as unset. The
value of \`NAME\` may stand in a file instead, which \`NAME_FILE\` names.

Settings with ✏️ can be changed while everything runs: by admins in the chat with /config, or by \`npm run cli -- settings set\`. Such
a value counts before the environment, until it is reset.`

/** @returns {Promise<{ schemas: Record<string, Record<string, any>>, changeable: ReadonlySet<string> }>} */
async function loadSchemas() {
  const load = async (/** @type {string} */ path) => import(new URL(`../../${path}`, import.meta.url).href)
  const [bot, ingester, reporter, queuePage, runtime, settings] = await Promise.all([
    load('services/bot/dist/config.js'),
    load('services/ingester/dist/config.js'),
    load('services/reporter/dist/config.js'),
    load('tools/queue-page/dist/config.js'),
    load('packages/runtime/dist/index.js'),
    load('packages/settings/dist/index.js'),
  ])
  const schemas = {
    bot: bot.botEnv.shape,
    ingester: ingester.ingesterEnv.shape,
    reporter: reporter.reporterEnv.shape,
    'queue-page': queuePage.queuePageEnv.shape,
    migrate: runtime.migrationEnv.shape,
  }
  return { schemas, changeable: new Set(Object.keys(settings.settingSchemas)) }
}

/**
 * @param {string} text
 * @returns {{ title: string, settings: { name: string, about: string }[] }[]}
 */
function describe(text) {
  /** @type {{ title: string, settings: { name: string, about: string }[] }[]} */
  const sections = []
  /** @type {string[]} */
  let comment = []
  for (const line of text.split('\n')) {
    const [, title] = /^# ── (.*?) ──/.exec(line) ?? []
    const [, name] = /^([A-Z][A-Z_]+)=$/.exec(line) ?? []
    if (title !== undefined) sections.push({ title, settings: [] })
    if (line.startsWith('# ') && title === undefined) comment.push(line.slice(2))
    else if (name !== undefined) {
      sections.at(-1)?.settings.push({ name, about: comment.join(' ') })
      comment = []
    } else comment = []
  }
  return sections
}

/**
 * @param {string} name
 * @param {string} about
 * @param {{ schemas: Record<string, Record<string, any>>, changeable: ReadonlySet<string> }} known
 */
function row(name, about, { schemas, changeable }) {
  const readers = Object.keys(schemas).filter((service) => name in (schemas[service] ?? {}))
  const schema = readers.map((service) => schemas[service]?.[name]).find(Boolean)
  const { values, fallback } = schema ? shapeOf(schema) : { values: 'text', fallback: '' }
  const by = readers.length === 0 ? 'docker-compose' : readers.length >= 3 ? 'all' : readers.join(', ')
  const sign = changeable.has(name) ? ' ✏️' : ''
  return `| \`${name}\`${sign} | ${values} | ${fallback} | ${by} | ${about.replaceAll('|', '\\|')} |`
}

/**
 * @param {any} schema
 * @returns {{ values: string, fallback: string }}
 */
function shapeOf(schema) {
  const { def } = schema._zod
  if (def.type === 'default' || def.type === 'prefault') {
    return { ...shapeOf(def.innerType), fallback: shown(def.defaultValue) }
  }
  if (def.type === 'optional') return { ...shapeOf(def.innerType), fallback: '' }
  if (def.type === 'pipe') return shapeOf(def.in)
  if (def.type === 'enum') return { values: Object.keys(def.entries).join(' \\| '), fallback: '' }
  if (def.type === 'number') return { values: 'number', fallback: '' }
  if (def.format === 'url') return { values: 'address', fallback: '' }
  return { values: 'text', fallback: '' }
}

/** @param {unknown} value */
function shown(value) {
  if (Array.isArray(value)) return value.map((item) => `\`${item}\``).join(', ')
  return ['string', 'number', 'boolean'].includes(typeof value) ? `\`${String(value)}\`` : ''
}
