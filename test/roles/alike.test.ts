import { describe, expect, test } from 'vitest'
import { isAlike } from '../../src/roles/alike.ts'

describe('two texts', () => {
  test.each([
    ['The light went out.', 'the light went out'],
    ['Ada told Mira that she is a smuggler.', 'Ada tells Mira she is a smuggler.'],
    ['Mira saw the light go out at last.', 'Mira saw the light go out.'],
    ['«¡Adiós!», dijo Ada.', 'Adiós, dijo Ada'],
    ['…', '…'],
  ])('say the same: %j and %j', (one, other) => {
    expect(isAlike(one, other)).toBe(true)
    expect(isAlike(other, one)).toBe(true)
  })

  test.each([
    ['in another order', 'Ada struck Jon.', 'Jon struck Ada.'],
    [
      'not at all',
      'Jon will come to the lighthouse at dawn.',
      'Jon will not come to the lighthouse at dawn.',
    ],
    [
      'never',
      'Ada didn’t swear to keep the light for all of them.',
      'Ada did swear to keep the light for all of them.',
    ],
    ['of someone else', 'Jon swore to bring the red key to Mira.', 'Jon swore to bring the red key to Ada.'],
    [
      'at another time',
      'The ship leaves the harbour at 3 tomorrow.',
      'The ship leaves the harbour at 4 tomorrow.',
    ],
    ['with more in it', 'Ada lied.', 'Ada lied about the light and the boat.'],
    ['other signs', '…', '!'],
    ['nothing', '', 'Ada lied.'],
  ])('say different things, %s', (_, one, other) => {
    expect(isAlike(one, other)).toBe(false)
    expect(isAlike(other, one)).toBe(false)
  })
})
