import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundariesSection, boundaryMatcher } from '../../src/safety/boundaries.ts'
import type { Boundary } from '../../src/story/settings.ts'

const boundary = (label: string, ...words: string[]): Boundary => ({ label, words })
const crosses = (text: string, ...words: string[]) =>
  boundaryMatcher([boundary('a line', ...words)], []).firstIn(text) !== undefined

describe('what every prompt says', () => {
  test('is nothing where there are no boundaries', () => expect(boundariesSection([], [])).toBe(''))

  test('names lines and veils apart, each label once, and no words beside it', () => {
    const section = boundariesSection(
      [boundary('torture', 'thumbscrew'), boundary('Torture'), boundary('harm to animals')],
      [boundary('sex')],
    )
    expect(section).toMatch(/^Lines, [\s\S]*\n- Torture\n- harm to animals\n\nVeils, [\s\S]*\n- sex$/u)
    expect(section).not.toContain('thumbscrew')
  })

  test('says only what there is', () => {
    expect(boundariesSection([boundary('torture')], [])).not.toContain('Veils')
    expect(boundariesSection([], [boundary('torture')])).not.toContain('Lines')
  })
})

describe('a boundary is known by', () => {
  test.each([
    ['There was TORTURE.', 'torture'],
    ['Er quält sie.', 'qualt'],
    ['Er qua\u0308lt sie.', 'quält'],
    ['He tortured her, torturing', 'torture'],
    ['Spiders!', 'spider'],
    ['A spider.', 'spiders'],
    ['The bodies lay there.', 'body'],
    ['They stabbed him.', 'stab'],
    ['He stabs.', 'stabbing'],
    ['Witches burn.', 'witch'],
    ['She drowns.', 'drowning'],
    ['of self-harm', 'self harm'],
    ['of self harm', 'self-harm'],
    ['He harmed animals there', 'harm animal'],
    ['the spider’s legs', 'spider'],
    ['*“Torture,”* she said', 'torture'],
    ['пытка', 'ПЫТКА'],
    ['ΟΔΟΣ', 'οδός'],
    ['他开始折磨她。', '折磨'],
    ['그는 고문을 했다.', '고문'],
    ['รักการทรมานสัตว์', 'ทรมาน'],
    ['A 🕷️ crawls.', '🕷'],
    ['It was 9/11.', '9/11'],
    ['AIDS', 'AIDS'],
  ])('%s for %s', (text, word) => expect(crosses(text, word)).toBe(true))
})

describe('a boundary is not taken for', () => {
  test.each([
    ['They assume a class.', 'ass'],
    ['Grapes.', 'rape'],
    ['He aids her.', 'aid worker'],
    ['She comes to our aid.', 'AIDS'],
    ['self and harm', 'self harm'],
    ['harm', 'harm to animals'],
    ['She was tortuous.', 'torture'],
    ['The bus.', 'business'],
  ])('%s for %s', (text, word) => expect(crosses(text, word)).toBe(false))

  test('anything where there are none', () =>
    expect(boundaryMatcher([], []).firstIn('Anything.')).toBeUndefined())
})

describe('what is crossed first is told', () => {
  const matcher = boundaryMatcher([boundary('gore', 'entrails')], [boundary('sex', 'kiss')])

  test('with its kind, its label, and where its sentence begins', () => {
    const text = 'Rain falls. “Go,” she says. She bends to kiss him. Entrails.'
    expect(matcher.firstIn(text)).toEqual({ at: text.indexOf('She bends'), kind: 'veil', label: 'sex' })
  })

  test('from the beginning of the line, where that is nearer', () => {
    const text = 'Rain falls\n\n*kisses him, and the entrails'
    expect(matcher.firstIn(text)).toEqual({ at: text.indexOf('*kisses'), kind: 'veil', label: 'sex' })
  })

  test('in the text as it stands, however much shorter it is when folded', () => {
    const text = 'E\u0301te\u0301. \u{1F577}\uFE0F… ﬁn. Then entrails.'
    expect(text.slice(matcher.firstIn(text)?.at)).toBe('Then entrails.')
  })

  test('after a full stop of another script', () => {
    const text = '雨が降る。折磨が始まる。'
    expect(boundaryMatcher([boundary('折磨')], []).firstIn(text)?.at).toBe(text.indexOf('折磨'))
  })

  test('the line before the veil where both have the word', () =>
    expect(
      boundaryMatcher([boundary('love', 'kiss')], [boundary('sex', 'kiss')]).firstIn('A kiss.')?.label,
    ).toBe('love'))
})

describe('a text that grows', () => {
  const matcher = boundaryMatcher([boundary('ass'), boundary('self harm')], [])

  test('is not judged by a word that may still become another', () => {
    expect(matcher.firstIn('They ass', { isGrowing: true })).toBeUndefined()
    expect(matcher.firstIn('They assume', { isGrowing: true })).toBeUndefined()
    expect(matcher.firstIn('An ass', {})).toMatchObject({ at: 0 })
    expect(matcher.firstIn('An ass.', { isGrowing: true })).toMatchObject({ at: 0 })
  })

  const words = fc.constantFrom('ass', 'assume', 'self', '-harm', 'rain', ' ', '. ', '\n', 'é', '🕷️', 'class')
  test('gives, piece by piece, what it gives as a whole', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (pieces) => {
        // Long enough for a search to begin past its start.
        const opening = 'Rain falls on the roof of the house. '.repeat(30)
        let text = opening
        let searched = 0
        let found: unknown
        for (const piece of pieces) {
          text += piece
          found ??= matcher.firstIn(text, { from: searched, isGrowing: true })
          searched = text.length
        }
        found ??= matcher.firstIn(text, { from: searched })
        expect(found).toEqual(matcher.firstIn(text))
      }),
    )
  })
})

test('a place is always one where the text can be cut', () => {
  const pieces = fc.array(fc.constantFrom('kill', 'ing', ' ', '.', '!” ', '\n', '🧶', 'É', '折磨', '*', 'a'))
  const matcher = boundaryMatcher([boundary('killing'), boundary('折磨')], [])
  fc.assert(
    fc.property(pieces, (some) => {
      const text = some.join('')
      const crossing = matcher.firstIn(text)
      if (!crossing) return
      expect(text.slice(0, crossing.at).isWellFormed()).toBe(true)
      expect(matcher.firstIn(text.slice(0, crossing.at))).toBeUndefined()
    }),
  )
})
