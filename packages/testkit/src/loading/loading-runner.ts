import { TestRunner } from 'vitest'

/**
 * Loads a test file once more, with all its modules, when its first load fails. Files share the modules of their worker, and
 * vitest remembers a failed load for as long as the worker lives: one hiccup would fail every later file that needs the module.
 * A class, because vitest constructs its runner.
 */
// oxlint-disable-next-line import/no-default-export -- vitest takes the default export of a runner's file
export default class LoadingRunner extends TestRunner {
  override async importFile(...[path, source]: Parameters<TestRunner['importFile']>): Promise<unknown> {
    try {
      return await super.importFile(path, source)
    } catch (error) {
      // The file itself failed, not its modules: its tests would be collected twice.
      if (TestRunner.getCurrentSuite().tasks.length > 0) throw error
      const modules = this['moduleRunner'] as { readonly clearCache: () => void }
      modules.clearCache()
      const loaded = await super.importFile(path, source)
      process.stderr.write(`${path} was loaded at the second attempt only. The first one failed: ${String(error)}\n`)
      return loaded
    }
  }
}
