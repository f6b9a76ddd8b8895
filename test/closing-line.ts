import type { Reporter, TestModule } from 'vitest/node'

const count = (modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped') =>
  modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)

/** Ends a run with the plain line that continuous integration reads: `N passed, N failed, N skipped`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]) {
    const unloadable = modules.filter(
      (module) => module.state() === 'failed' && count([module], 'failed') === 0,
    )
    const passed = count(modules, 'passed')
    const failed = count(modules, 'failed') + unloadable.length + unhandled.length
    console.log(`\n${passed} passed, ${failed} failed, ${count(modules, 'skipped')} skipped`)
  }
}
