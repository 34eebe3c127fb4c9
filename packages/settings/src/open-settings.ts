import { type Db, type StoredSetting, storedSettings } from '@atermtrack/data'
import { settingNames } from '@atermtrack/domain'
import { ConfigError, type Env, environmentValues, startInterval } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { type Overlay, overlay } from './overlay.ts'

/** The configuration of a service as it is now. */
export interface Settings<Config> {
  /** The same object until a setting changes. */
  readonly current: () => Config
}

export interface OpenSettings<Config> extends Settings<Config>, AsyncDisposable {
  /** Reads the stored settings at once. */
  readonly refresh: () => Promise<void>
}

export interface SettingsOptions<Config> {
  readonly db: Db
  readonly service: string
  readonly env: Env
  /** The variables of the service. */
  readonly schema: Pick<z.ZodObject, 'shape'>
  /** Reads the configuration; throws a ConfigError. */
  readonly read: (env: Env) => Config
  readonly logger: Logger
  /** Interval at which the stored settings are read. */
  readonly everyMs?: number
}

/**
 * Reads the configuration of a service from its environment and the stored settings, and again whenever one of these changes. While the
 * database is away the newest known values count.
 */
export async function openSettings<Config>(options: SettingsOptions<Config>): Promise<OpenSettings<Config>> {
  const { db, service, env, schema, logger, everyMs = 1_000 } = options
  const names: readonly string[] = settingNames.filter((name) => Object.hasOwn(schema.shape, name))
  const defaults = Object.entries(environmentValues(names, env)).map(([name, value]) => ({ name, value }))
  await storedSettings.recordDefaults(db, service, defaults)
  const isOwn = ({ name }: StoredSetting) => names.includes(name)
  let stored = await storedSettings.list(db)
  let config = readOver(overlay(env, stored), options)
  log(overlay(env, stored.filter(isOwn)), { defaults, logger })
  logUnknown(overlay(env, stored), logger)
  let isAway = false

  async function refresh(): Promise<void> {
    const newest = await storedSettings.list(db)
    isAway = false
    const [before, after] = [stored, newest].map((rows) => JSON.stringify(rows.filter(isOwn)))
    stored = newest
    if (before === after) return
    const changed = overlay(env, newest.filter(isOwn))
    config = readOver(changed, options)
    logger.info('the settings have changed')
    log(changed, { defaults, logger })
  }

  const interval = startInterval(
    () =>
      refresh().catch((error: unknown) => {
        if (!isAway) logger.warn({ err: error }, 'could not read the settings, the newest known ones count')
        isAway = true
      }),
    { what: 'read the settings', everyMs, logger },
  )
  return { current: () => config, refresh, [Symbol.asyncDispose]: () => interval[Symbol.asyncDispose]() }
}

/** Values that fit one by one and not together are left aside, rather than that the service does not run. */
function readOver<Config>(laid: Overlay, { env, read, logger }: SettingsOptions<Config>): Config {
  try {
    return read(laid.env)
  } catch (error) {
    if (!(error instanceof ConfigError) || laid.overridden.length === 0) throw error
    logger.error(
      { err: error, settings: laid.overridden },
      'the stored settings do not fit together, the environment counts',
    )
    return read(env)
  }
}

function log(
  { env, overridden, unfit }: Overlay,
  { defaults, logger }: { readonly defaults: readonly StoredSetting[]; readonly logger: Logger },
): void {
  for (const setting of overridden) {
    const fromEnvironment = defaults.find(({ name }) => name === setting)?.value
    logger.info({ setting, value: env[setting], environment: fromEnvironment }, 'an admin has changed this setting')
  }
  for (const setting of unfit)
    logger.error({ setting }, 'the stored value of this setting does not fit this release, the environment counts')
}

function logUnknown({ unknown }: Overlay, logger: Logger): void {
  if (unknown.length > 0) logger.warn({ settings: unknown }, 'stored settings of another release are left alone')
}
