import { describe, expect, test } from 'vitest'
import { emptyCast, introduce, nameOnly } from '../../src/story/cast.ts'
import { respondentTo } from '../../src/story/respondent.ts'
import { segment } from '../../src/story/segment.ts'

const answers = (text: string, ...names: readonly string[]) => {
  const everyone = names.reduce(
    (cast, name) => introduce(cast, { ...nameOnly(name), character: name }),
    emptyCast,
  )
  const said = segment(text).map((part) => ({ ...part, witnesses: names }))
  return respondentTo(everyone, new Map(names.map((name) => [name, name])), said)
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

  test('of several who speak, each is answered by someone who heard them', () => {
    const everyone = ['Mira', 'Jon'].reduce(
      (cast, name) => introduce(cast, { ...nameOnly(name), character: name }),
      emptyCast,
    )
    const words = new Map(['Mira', 'Jon'].map((name) => [name, name]))
    const said = (text: string, ...witnesses: readonly string[]) => ({
      ...{ kind: 'dialogue' as const, text, witnesses },
    })
    const apart = [said('"Jon?"', 'Mira'), said('"Mira?"', 'Mira', 'Jon')]
    expect(respondentTo(everyone, words, apart)).toBe('Mira')
    expect(respondentTo(everyone, words, [said('"Anyone?"', 'Mira')])).toBe('Mira')
    expect(respondentTo(everyone, words, [said('"Jon?"')])).toBe('narrator')
  })
})
