import type { Reporter, TestModule } from 'vitest/node'

const count = (modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped') =>
  modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0)

/** Ends a run with the plain line that continuous integration reads: `N passed, N failed, N skipped`. */
const closingLine: Reporter = {
  onTestRunEnd(modules, unhandled) {
    const broken = modules.filter(
      (module) => module.state() === 'failed' && count([module], 'failed') === 0,
    ).length
    const failed = count(modules, 'failed') + broken + unhandled.length
    console.log(
      `\n${count(modules, 'passed')} passed, ${failed} failed, ${count(modules, 'skipped')} skipped`,
    )
  },
}

export default closingLine
