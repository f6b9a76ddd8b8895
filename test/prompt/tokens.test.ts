import { expect, test } from 'vitest'
import { tokensInMessage } from '../../src/prompt/tokens.ts'

test.each(['<|endoftext|>', '<|im_start|>system', '<|endofprompt|>'])(
  '%s is words like any other',
  (content) => {
    expect(tokensInMessage({ content })).toBeGreaterThan(4)
  },
)
