import type { Settings } from './open-settings.ts'

/** Settings that do not change. */
export function fixedSettings<Config>(config: Config): Settings<Config> {
  return { current: () => config }
}

/** Something that is made from the configuration, and made again once that has changed. Work with the former one goes on. */
export function fromSettings<Config, Made>(settings: Settings<Config>, make: (config: Config) => Made): () => Made {
  let newest: { readonly config: Config; readonly made: Made } | undefined
  return () => {
    const config = settings.current()
    if (newest?.config !== config) newest = { config, made: make(config) }
    return newest.made
  }
}

/** A function that is made from the configuration, as `fromSettings` makes it. */
export function handlerFromSettings<Config, Arguments extends readonly unknown[], Result>(
  settings: Settings<Config>,
  make: (config: Config) => (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  const current = fromSettings(settings, make)
  return (...args) => current()(...args)
}
