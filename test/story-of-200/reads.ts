import { describe, expect, test } from 'vitest'
import { listFacts } from '../../commands/memory/fact.ts'
import { list } from '../../commands/memory/list.ts'
import { search } from '../../commands/memory/search.ts'
import { run as recall } from '../../commands/recall/recall.ts'
import { show as state } from '../../commands/state/show.ts'
import type { CommandHandler } from '../../src/discord/command.ts'
import { knowable, mayLookInto } from '../../src/safety/knowable.ts'
import { type Reader, readableParts } from '../../src/safety/readable.ts'
import { askedBy } from './asking.ts'
import { momentOf, wordOf } from './looking.ts'
import { nora, type Played, players } from './play.ts'
import { LAST, type Name, names, script } from './script.ts'
import { leaksIn, secrets, type Telling } from './secrets.ts'

/** Who reads, and whose knowledge they may read: of a stranger’s, nobody’s. */
const READERS = [
  { who: 'Ada', user: players.Ada.id, plays: 'Ada' },
  { who: 'Ben', user: players.Ben.id, plays: 'Ben' },
  { who: 'a stranger', user: '1009', plays: undefined },
] as const

const LEADER: Reader = { isInCharge: true, persona: undefined }

/** What each player may read, and that those who lead the story may read all. */
export const whatEachPlayerMayRead = (played: () => Played): void => {
  const at = (turn: number, telling?: Telling) => momentOf(played(), turn, telling)
  const readerAt = (turn: number, plays: Name | undefined): Reader => ({
    isInCharge: false,
    persona: plays && at(turn).entity(plays),
  })
  const asks = (
    turn: number,
    user: string,
    run: CommandHandler,
    options?: Readonly<Record<string, string | number>>,
  ) => askedBy(played(), at(turn).head, user, run, options)

  /** What a text tells to someone, or to one who plays nobody, that they may not know. */
  const toldTo = (plays: Name | undefined, text: string, turn: number, telling: Telling = 'as it stands') =>
    plays
      ? leaksIn(text, [plays], turn, telling)
      : secrets.filter(({ word }) => word.test(text)).map(({ what }) => `a stranger learns ${what}`)

  const turns = () =>
    [...played().heads['as it stands'].keys()].filter((turn) => turn % 5 === 0 || script[turn])

  describe.each(READERS)('$who', ({ user, plays }) => {
    test('is shown of the story as it stands what they may know, at any time', () => {
      const leaks = turns().flatMap((turn) => {
        const known = knowable(at(turn).head, readerAt(turn, plays))
        const shown = JSON.stringify([known.head.state, [...known.head.words]])
        return toldTo(plays, shown, turn)
      })
      expect(leaks).toEqual([])
    })

    test('reads no more than that on any page of the panel', async () => {
      for (const turn of turns())
        for (const page of ['scene', 'relations', 'memories']) {
          const shown = await asks(turn, user, state, { page })
          expect(shown).not.toMatch(/^refused/u)
          expect(toldTo(plays, shown, turn)).toEqual([])
        }
    })

    test('may look into the mind of nobody else', async () => {
      for (const name of names) {
        expect(mayLookInto(readerAt(LAST, plays), at(LAST).entity(name))).toBe(name === plays)
        for (const [run, options] of [
          [state, { whose: name }],
          [list, { owner: name }],
          [listFacts, { owner: name }],
          [search, { owner: name, words: 'whistle chart' }],
          [recall, { who: name, of: 'the harbour master' }],
        ] as const) {
          const shown = await asks(LAST, user, run, options)
          expect([name, shown.startsWith('refused')]).toEqual([name, name !== plays])
          expect(toldTo(plays, shown, LAST)).toEqual([])
        }
      }
    })

    test('learns from no prompt that is looked into what they did not know then', () => {
      const leaks = played().kept.flatMap(({ number, telling, prompt }) =>
        readableParts(readerAt(LAST, plays), prompt).flatMap((read) =>
          read.isHidden ? [] : toldTo(plays, `${read.part.text} ${read.part.why ?? ''}`, number, telling),
        ),
      )
      expect(leaks).toEqual([])
    })
  })

  describe('what a player’s own persona remembers', () => {
    test('is theirs to read, page by page', async () => {
      const own = await at(LAST).memories('Ben')
      const read: string[] = []
      for (let page = 1; page <= Math.ceil(own.length / 8); page += 1)
        read.push(await asks(LAST, players.Ben.id, list, { owner: 'Ben', page }))
      expect(read.join('\n')).toMatch(wordOf('what is wrong with the lamp'))
      expect(read.join('\n')).toMatch(wordOf('what the storm did'))
      expect(toldTo('Ben', read.join('\n'), LAST)).toEqual([])
    })

    test('comes to mind by what is asked', async () => {
      const ben = players.Ben.id
      const asked = await asks(LAST, ben, recall, { who: 'Ben', of: 'the oil of the lamp' })
      expect(asked).toMatch(wordOf('what is wrong with the lamp'))
      expect(await asks(LAST, ben, search, { owner: 'Ben', words: 'the great storm' })).toMatch(
        wordOf('what the storm did'),
      )
      expect(
        await asks(LAST, ben, recall, { who: 'Ben', of: 'the silver under the third step' }),
      ).not.toMatch(wordOf('what lies under the step'))
    })
  })

  test('a player reads in a prompt what their persona perceived, and that there is more', () => {
    const overheard = played().kept.filter(({ number, prompt }) => number === 36 && prompt.role === 'writer')
    const visible = (plays: Name) =>
      overheard.flatMap(({ prompt }) =>
        readableParts(readerAt(LAST, plays), prompt).flatMap((read) =>
          read.isHidden ? [] : [read.part.text],
        ),
      )
    expect(visible('Ben').join('\n')).toMatch(wordOf('which house is searched'))
    expect(visible('Ada').join('\n')).not.toMatch(wordOf('which house is searched'))
    expect(visible('Ada').length).toBeGreaterThan(0)
  })

  describe('those who lead the story', () => {
    test('are shown it as it is', () => {
      for (const turn of turns()) expect(knowable(at(turn).head, LEADER).head).toBe(at(turn).head)
    })

    test('may look into every mind', async () => {
      for (const name of names) {
        expect(mayLookInto(LEADER, at(LAST).entity(name))).toBe(true)
        for (const [run, options] of [
          [state, { whose: name }],
          [list, { owner: name }],
          [recall, { who: name, of: 'the storm' }],
        ] as const)
          expect(await asks(LAST, nora.id, run, options)).not.toMatch(/^refused/u)
      }
      const asked = await asks(LAST, nora.id, recall, { who: 'Mira', of: 'the old copper whistle' })
      expect(asked).toMatch(wordOf('what comes to the whistle'))
    })

    test('see why one feels as they do', async () => {
      const relations = await asks(52, nora.id, state, { page: 'relations' })
      expect(relations).toContain('trusted him with the chart')
    })

    test('read every part of every prompt', () => {
      for (const { prompt } of played().kept)
        for (const read of readableParts(LEADER, prompt)) expect(read.isHidden).toBe(false)
    })
  })
}
