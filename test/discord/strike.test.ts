import { describe, expect, test } from 'vitest'
import { strike } from '../../src/discord/strike.ts'

describe('striking through', () => {
  test.each([
    ['Rain.', '~~Rain.~~'],
    ['Rain.\n\nFog.', '~~Rain.~~\n\n~~Fog.~~'],
    ['**Mira**\n"Go away."', '~~**Mira**~~\n~~"Go away."~~'],
    ['-# Stopped here.', '-# ~~Stopped here.~~'],
    ['> a quotation', '> ~~a quotation~~'],
    ['half ~~struck~~ already', '~~half struck already~~'],
    ['```js\ncode\n```', '~~code~~'],
    ['', ''],
  ])('%j becomes %j', (before, after) => {
    expect(strike(before)).toBe(after)
  })

  test('what is full still fits, with an ellipsis where something is missing', () => {
    const struck = strike(Array.from({ length: 40 }, () => 'x'.repeat(49)).join('\n'))
    expect(struck.length).toBeLessThanOrEqual(2000)
    expect(struck).toMatch(/…~~$/u)
  })
})
