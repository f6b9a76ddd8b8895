import { describe, expect, test } from 'vitest'
import type { Section } from '../../src/prompt/part.ts'
import { slander } from './gossip-model.ts'
import { wordOf } from './looking.ts'
import type { Played } from './play.ts'
import { type Character, PARTING } from './script.ts'
import { knows, leaksIn, secrets, type Telling } from './secrets.ts'

const CHARACTERS = ['Mira', 'Jonas', 'Wren'] as const

/** What each one's prompts hold, and what they do not. */
export const whatEachPromptHolds = (played: () => Played): void => {
  const sentFor = (who: Character, telling: Telling = 'as it stands') =>
    played().sent.filter((sent) => sent.telling === telling && sent.readers.join() === who)

  /** The prompt for the answer that a character gave in a turn. */
  const promptOf = (who: Character, number: number, telling?: Telling): string => {
    const prompt = sentFor(who, telling).find((sent) => sent.role === 'writer' && sent.number === number)
    if (!prompt) throw new Error(`${who} did not answer in turn ${number}`)
    return prompt.text
  }

  /** What stands in a section of the prompt for a turn’s answer. */
  const partsOf = (number: number, section: Section, telling: Telling = 'as it stands'): string[] =>
    played()
      .kept.filter((kept) => kept.number === number && kept.telling === telling)
      .flatMap(({ prompt }) => (prompt.role === 'writer' ? prompt.parts : []))
      .filter((part) => part.section === section && part.isKept)
      .map(({ text }) => text)

  test('no prompt of over 200 turns holds what is not known to all whom it is for', () => {
    const leaks = played().sent.flatMap(({ role, text, readers, number, telling }) =>
      leaksIn(text, readers, number, telling).map((leak) => `${role}: ${leak}`),
    )
    expect(leaks).toEqual([])
  })

  test('every role is asked, and each for someone whose knowledge it may hold', () => {
    const roles = Map.groupBy(played().sent, ({ role }) => role)
    expect([...roles.keys()].toSorted()).toEqual([
      'archivist',
      'biographer',
      'chronicler',
      'planner',
      'summariser',
      'writer',
    ])
    for (const role of ['biographer', 'chronicler', 'writer', 'planner'] as const)
      expect(roles.get(role)?.filter(({ readers, number }) => readers.length === 0 && number > 1)).toEqual([])
  })

  test('each who knows of something is told of it again', () => {
    for (const secret of secrets.filter(({ only }) => only === undefined))
      for (const who of CHARACTERS) {
        const holds = sentFor(who).some(({ role, text }) => role === 'writer' && secret.word.test(text))
        const knew = Array.from({ length: 200 }, (_, nth) => nth + 1).some((turn) =>
          knows(secret, who, turn, 'as it stands'),
        )
        expect([who, secret.what, holds]).toEqual([who, secret.what, knew])
      }
  })

  test('an archivist is told every secret, and proposes it for all who must not know it', () => {
    const asked = played().sent.filter(({ role }) => role === 'archivist')
    for (const { word } of secrets) expect(asked.some(({ text }) => word.test(text))).toBe(true)
    const whispered = asked.find(({ number }) => number === 24)
    const proposed = slander(whispered?.text ?? '', { number: 24, telling: 'as it stands' })
    expect(new Set(proposed.memories.map(({ who }) => who))).toEqual(new Set(['Mira', 'Jonas', 'Ben']))
    expect(new Set(proposed.facts.map(({ who }) => who))).toEqual(new Set(['Mira', 'Jonas', 'Ben']))
  })

  test('whoever passes something on has it in mind then', () => {
    const chart = wordOf('what lies under the step')
    expect(promptOf('Mira', 52)).toMatch(chart)
    expect(promptOf('Jonas', 63)).toMatch(chart)
    expect(promptOf('Wren', 175)).toMatch(chart)
  })

  test('who was lied to has the lie in mind with who told it, and the liar has the truth', () => {
    const truth = wordOf('where the harbour master is')
    expect(promptOf('Jonas', 65)).toMatch(truth)
    const hearsay = 'Jonas told Wren that the harbour master drowned off the Skerries. (told by Jonas)'
    expect(sentFor('Wren').some(({ text }) => text.includes(hearsay))).toBe(true)
    expect(sentFor('Wren').filter(({ text }) => truth.test(text))).toEqual([])
  })

  test('one who is back knows nothing of what happened, until it is told', () => {
    expect(promptOf('Wren', 87)).not.toMatch(wordOf('what the storm did'))
    const later = sentFor('Wren').filter(({ number, role }) => role === 'writer' && number > 88)
    expect(later[0]?.text).toMatch(wordOf('what the storm did'))
  })

  describe('after 150 turns, a question in other words', () => {
    const seals = wordOf('what comes to the whistle')
    test('brings back to the one what was said then, as a memory', () => {
      expect(partsOf(155, 'history').join('\n')).not.toMatch(seals)
      expect(partsOf(155, 'memory')).toContain(
        '- Ada told Mira that the seals come to whoever blows her grandmother’s copper whistle at low tide. (told by Ada)',
      )
    })

    test('brings back nothing of it to the other, who was not there', () => {
      expect(promptOf('Jonas', 156)).toContain('gran’s old whistle')
      expect(promptOf('Jonas', 156)).not.toMatch(seals)
    })
  })

  test('one who begins anew is told nothing of before', () => {
    const prompt = promptOf('Jonas', 172)
    for (const { word } of secrets) expect(prompt).not.toMatch(word)
    expect(partsOf(172, 'memory')).toEqual([])
    expect(partsOf(172, 'changes')).toEqual([])
    expect(partsOf(172, 'pin')).toEqual([])
  })

  test('what one swore stands before one’s eyes as long as it is pinned', () => {
    const pinned = (number: number) => partsOf(number, 'pin').join('\n')
    const mira = sentFor('Mira').filter(({ role, number }) => role === 'writer' && number > 165)
    expect(mira.length).toBeGreaterThan(3)
    for (const { number } of mira) {
      expect(pinned(number)).toContain('her mother lit the lamp')
      expect(pinned(number)).toContain('plant the apple tree')
      expect(pinned(number)).not.toContain('midwinter night')
    }
  })

  test('how someone changed is in their prompts, and in nobody else’s', () => {
    const trusts = 'Mira trusts Ada with the keys of her tower.'
    const holding = played().sent.filter(({ role, text }) => role === 'writer' && text.includes(trusts))
    expect(holding.length).toBeGreaterThan(10)
    expect(new Set(holding.map(({ readers }) => readers.join()))).toEqual(new Set(['Mira']))
  })

  test('what was taken back is in no prompt of what came instead', () => {
    const tocsin = wordOf('what was taken back')
    const telling = (wanted: Telling) => played().sent.filter((sent) => sent.telling === wanted)
    expect(telling('taken back').some(({ text }) => tocsin.test(text))).toBe(true)
    expect(telling('as it stands').filter(({ text }) => tocsin.test(text))).toEqual([])
  })

  test('on the branch, who was told nothing has nothing of it in mind', () => {
    expect(promptOf('Jonas', PARTING + 4, 'on the branch')).not.toMatch(wordOf('what lies under the step'))
    expect(promptOf('Mira', PARTING + 5, 'on the branch')).toMatch(wordOf('what lies under the step'))
  })

  test('old turns have left the prompts again and again, and stand in them as summaries', () => {
    const left = [...played().heads['as it stands'].values()].map(({ state }) => state.past.left)
    expect(new Set(left).size).toBeGreaterThan(8)
    const [newest] = sentFor('Mira')
      .filter(({ role }) => role === 'writer')
      .toReversed()
    expect(partsOf(newest?.number ?? 0, 'summary').length).toBeGreaterThan(1)
  })
}
