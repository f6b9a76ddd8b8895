import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('the tour shows what it should at every step', () => {
  const { status, stdout } = spawnSync(process.execPath, ['test/tour/main.ts'], { encoding: 'utf8' })
  expect(stdout).toContain('every step showed what it should')
  expect(status).toBe(0)
}, 120_000)
