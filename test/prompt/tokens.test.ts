import { expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'

test.each(['<|endoftext|>', '<|im_start|>system', '<|endofprompt|>'])(
  '%s is words like any other',
  (content) => {
    expect(countTokens(content)).toBeGreaterThan(1)
  },
)
