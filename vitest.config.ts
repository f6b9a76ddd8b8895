import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/closing-line.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    // Most of the time of these tests is waiting for programs and pages, so two cores carry more than one file.
    maxWorkers: 3,
    // V8 can abort where threads come and go with WebAssembly, on processors with memory protection keys
    // (nodejs/node#64500).
    execArgv: ['--no-memory-protection-keys'],
  },
})
