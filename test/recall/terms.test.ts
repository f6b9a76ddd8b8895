import { describe, expect, test } from 'vitest'
import { isStop } from '../../src/recall/stop-words.ts'
import { stemOf, stemsOf, wordsOf } from '../../src/recall/terms.ts'

const stemmed = (words: string) => stemsOf(words)

describe('words are the same', () => {
  const alike = (...words: readonly string[]) => expect(new Set(words.flatMap(stemmed)).size).toBe(1)

  test('in whatever form a rule leads back', () => alike('sail', 'sails', 'sailed', 'sailing'))

  test('in the forms that no rule leads back', () => {
    alike('steal', 'stole', 'stolen', 'steals')
    alike('thief', 'thieves')
    alike('woman', 'women')
  })

  test('in British and in American spelling', () => {
    alike('harbour', 'harbors', 'Harbour', 'harbor')
    alike('colouring', 'colored')
  })

  test('that end in “our” and are no British spelling, as they are', () =>
    expect(stemmed('hour four tour')).toEqual(['hour', '4', 'tour']))

  test('with and without an end that shows whose it is, or what is short for a verb', () => {
    alike('Jon', 'Jon’s', "jon's", 'JON')
    alike('James', 'James’')
    alike('she', 'she’s', 'she’d', 'she’ll')
  })

  test('with and without marks, and in any of the ways to write them', () => {
    alike('café', 'cafe\u0301', 'CAFE')
    alike('naïveté', 'naivete')
    alike('\ufb01sh', 'fish', 'ｆｉｓｈ')
  })

  test('as a number and in letters', () => {
    alike('seven', '7', '７')
    expect(stemmed('one')).toEqual(['on'])
  })
})

describe('a text', () => {
  test('is its words in their order, with how each sentence ends', () =>
    expect(stemmed('Who rang? Nobody. The bell!')).toEqual([
      ...['who', 'ring', '?', 'nobodi', '.', 'the', 'bell', '.'],
    ]))

  test('has words without the ends of sentences, and what stands within a word is none', () =>
    expect(wordsOf('O’Brien’s boat—it’s gone… "Really?"')).toEqual([
      'obrien',
      'boat',
      'it',
      'gone',
      'really',
    ]))

  test('in a script without blanks is taken apart into words', () => {
    expect(wordsOf('灯台は燃えた。')).toEqual(expect.arrayContaining(['灯台']))
    expect(wordsOf('我们去了灯塔').length).toBeGreaterThan(1)
    expect(wordsOf('ฉันรักทะเล').length).toBeGreaterThan(1)
    expect(stemmed('灯台？').at(-1)).toBe('?')
  })

  test('in another script with blanks keeps its words as they are', () =>
    expect(wordsOf('Маяк погас')).toEqual(['маяк', 'погас']))

  test('of nothing but signs has no words', () => {
    for (const text of ['', ' \n\t', '🗝️🔥👩‍👩‍👧', '— “” …', '\u0000\ufffe', '\ud800', "'’'", '*"()^:'])
      expect([text, wordsOf(text)]).toEqual([text, []])
  })

  test('has each word of a sign that stands for several, and none of one that stands for a mark', () => {
    expect(wordsOf('½')).toEqual(['1', '2'])
    expect(wordsOf('⑴')).toEqual(['1'])
    expect(wordsOf('\ufdfa')).toHaveLength(4)
    expect(wordsOf('\u037a \ufe70')).toEqual([])
  })

  test('keeps words around emoji, signs of a query and what is no text', () =>
    expect(wordsOf('key🗝️ NEAR(salt, 3) "rope"* \u0000lamp \udc00oil')).toEqual([
      ...['key', 'near', 'salt', '3', 'rope', 'lamp', 'oil'],
    ]))

  test('however long it is, is read: one word without an end, and a great many', () => {
    expect(stemsOf('ab'.repeat(100_000))).toHaveLength(1)
    expect(stemsOf('灯'.repeat(20_000)).length).toBeGreaterThan(1)
    expect(stemsOf('The bell rang. '.repeat(20_000))).toHaveLength(80_000)
  })
})

test('more words than are kept in mind come out the same', () => {
  const words = Array.from(
    { length: 30_000 },
    (_, nth) => `word${'abcdefghij'[nth % 10]}${nth.toString(36)}s`,
  )
  const letters = words.map((word) => word.replace(/\d/gu, 'x'))
  expect(letters.map(stemOf)).toEqual(letters.map(stemOf))
})

describe('what tells nothing', () => {
  const isEmpty = (word: string) => stemmed(word).every(isStop)

  test('are words that stand in whatever is said, in all of their forms', () => {
    for (const word of ['the', 'was', 'is', 'Didn’t', 'WITH', 'says', 'going', 'went', 'everyone', 'don’t'])
      expect([word, isEmpty(word)]).toEqual([word, true])
  })

  test('are not those by which one thing is told from another', () => {
    for (const word of ['lighthouse', 'secret', 'fire', 'seven', 'yesterday', 'love', 'king'])
      expect([word, isEmpty(word)]).toEqual([word, false])
  })
})
