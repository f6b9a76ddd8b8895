import { describe, expect, test } from 'vitest'
import { emptyCast, introduce, nameOnly } from '../../src/story/cast.ts'
import { respondentTo } from '../../src/story/respondent.ts'
import { segment } from '../../src/story/segment.ts'

const answers = (text: string, ...names: readonly string[]) => {
  const everyone = names.reduce(
    (cast, name) => introduce(cast, { ...nameOnly(name), character: name }),
    emptyCast,
  )
  return respondentTo(everyone, new Map(names.map((name) => [name, name])), segment(text))
}

describe('who answers', () => {
  test.each([
    ['*waves at Mira*', ['Mira'], 'Mira'],
    ['I ask mira.', ['Mira'], 'Mira'],
    ['"Anyone here?"', ['Mira'], 'Mira'],
    ['*admires the miracle*', ['Mira'], 'narrator'],
    ['I open the door.', ['The Keeper'], 'narrator'],
    ['I ask the keeper.', ['The Keeper'], 'The Keeper'],
    ['finds an old key', ['Old Tom'], 'narrator'],
    ['nods to Tom', ['Old Tom'], 'Old Tom'],
    ['"Ben, and you too, Mira?"', ['Mira', 'Ben'], 'Ben'],
    ['"Anyone?"', ['Mira', 'Ben'], 'Ben'],
    ['((Mira is great)) I look around.', ['Mira'], 'narrator'],
    ['"Anyone?"', [], 'narrator'],
    ['I greet 李雷.', ['李雷'], '李雷'],
  ])('%s, with %j: %s', (text, names, expected) => expect(answers(text, ...names)).toBe(expected))
})
