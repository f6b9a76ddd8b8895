import { describe, expect, test } from 'vitest'
import { inMind } from '../../src/recall/recall.ts'
import { PIN_CAP } from '../../src/story/memory.ts'
import { queryAt } from '../../src/turn/remembered.ts'
import { momentOf, wordOf } from './looking.ts'
import type { Played } from './play.ts'
import { LAST, names, oaths, PARTING, script } from './script.ts'
import { knows, leaksIn, secrets, type Telling } from './secrets.ts'

const swore = Object.values(oaths).map((oath) => `Mira swore to ${oath}.`)
const MOTHER = 'Mira told Ada that her mother lit the lamp for forty years.'

/** What each one knows, feels and remembers, and from whom. */
export const whatEachOneKnows = (played: () => Played): void => {
  const by = (turn: number, telling?: Telling) => momentOf(played(), turn, telling)

  describe('a secret that was told in the absence of others', () => {
    test('is remembered at first hand by who was there', async () => {
      const seen = await by(7).memory('Mira', 'chart')
      expect(seen).toMatchObject({ source: 'direct', significance: 2, turn: 7 })
      expect(by(7).way(seen)).toEqual({ toldBy: undefined, chain: [], reliability: 1 })
      expect((await by(7).facts('Mira')).map(({ body }) => body)).toEqual(['Ada owns a silver chart.'])
      for (const who of ['Jonas', 'Wren', 'Ben'] as const)
        expect(await by(51).mind(who)).not.toMatch(wordOf('what lies under the step'))
    })

    test('loses reliability with each who passes it on, and keeps its way when scenes are over', async () => {
      const first = await by(52).memory('Jonas', 'chart')
      expect(first).toMatchObject({ source: 'told', turn: 52 })
      expect(by(52).way(first)).toEqual({ toldBy: 'Mira', chain: [], reliability: 0.75 })
      expect(by(60).head.state.scene.number).toBeGreaterThan(by(52).head.state.scene.number)
      const second = await by(63).memory('Wren', 'chart')
      expect(second).toMatchObject({ source: 'told', turn: 63 })
      expect(by(63).way(second)).toEqual({ toldBy: 'Jonas', chain: ['Mira'], reliability: 0.5625 })
    })

    test('moves who was trusted with it, and why is theirs to know', () => {
      const { head, entity } = by(52)
      const felt = head.state.edges.find(({ from, to }) => from === entity('Jonas') && to === entity('Mira'))
      expect(felt).toMatchObject({ affinity: 55, trust: 55 })
      expect(head.words.get(felt?.reason ?? '')).toBe('trusted him with the chart')
    })

    test('begins with its owner where it comes round to one who forgot it', async () => {
      const again = await by(175).memory('Jonas', 'chart')
      expect(by(175).way(again)).toEqual({ toldBy: 'Wren', chain: [], reliability: 0.75 * 0.5625 })
    })
  })

  test('a lie is remembered as it was told by who believed it, and the liar knows better', async () => {
    const believed = await by(65).memory('Wren', 'drowned')
    expect(believed?.body).toBe('Jonas told Wren that the harbour master drowned off the Skerries.')
    expect(by(65).way(believed)).toEqual({ toldBy: 'Jonas', chain: [], reliability: 0.75 })
    expect(await by(LAST).mind('Wren')).not.toMatch(wordOf('where the harbour master is'))
    const seen = await by(65).memory('Jonas', 'Vask')
    expect(by(65).way(seen)).toEqual({ toldBy: undefined, chain: [], reliability: 1 })
    expect(await by(65).memory('Jonas', 'lied')).toMatchObject({ source: 'direct' })
  })

  test('a whisper is remembered by the two, and by all others that there was one', async () => {
    const whispered = await by(24).memory('Wren', 'kingfisher')
    expect(by(24).way(whispered)).toMatchObject({ toldBy: 'Ada', reliability: 0.75 })
    expect(await by(24).memory('Ada', 'kingfisher')).toMatchObject({ turn: 24 })
    for (const who of ['Jonas', 'Mira', 'Ben'] as const) {
      const [newest] = (await by(24).memories(who)).toReversed()
      expect(newest?.body).toMatch(/whispers? to Wren/u)
      expect(await by(LAST).mind(who)).not.toMatch(wordOf('the password'))
    }
  })

  test('what was overheard is, through a door but not through the walls of a cellar', async () => {
    const overheard = await by(30).memory('Wren', 'turpentine')
    expect(overheard).toMatchObject({ source: 'overheard', reliability: 0.9, toldBy: null })
    expect(await by(36).memory('Mira', 'gargoyle')).toMatchObject({ source: 'told', reliability: 0.75 })
    expect((await by(36).memories('Wren')).filter(({ turn }) => turn === 35)).toEqual([])
    expect(await by(LAST).mind('Wren')).not.toMatch(wordOf('which house is searched'))
  })

  test('one who was away knows of it from whoever told it', async () => {
    expect(await by(75).memory('Ben', 'capstan')).toMatchObject({ source: 'direct', reliability: 1 })
    const away = (await by(87).memories('Wren')).filter(({ turn }) => turn > 70 && turn < 87)
    expect(away).toEqual([])
    expect(await by(87).mind('Wren')).not.toMatch(wordOf('what the storm did'))
    const heard = await by(88).memory('Wren', 'capstan')
    expect(by(88).way(heard)).toEqual({ toldBy: 'Jonas', chain: [], reliability: 0.75 })
  })

  describe('what nobody forgets', () => {
    test('pins itself', async () => {
      expect(await by(6).pins('Mira')).toEqual([{ body: MOTHER, how: 'manual' }])
      expect((await by(12).pins('Mira')).at(-1)).toEqual({ body: swore[0], how: 'automatic' })
    })

    test('takes the place of the oldest that pinned itself once there is no room, and never of one pinned by hand', async () => {
      const bodies = async (turn: number) => (await by(turn).pins('Mira')).map(({ body }) => body)
      expect(await bodies(125)).toEqual([MOTHER, ...swore.slice(0, 7)])
      expect(await bodies(140)).toEqual([MOTHER, ...swore.slice(1, 8)])
      expect(await bodies(165)).toEqual([MOTHER, ...swore.slice(2, 9)])
      for (const [, { state }] of played().heads['as it stands'])
        for (const name of names)
          expect(
            state.pins.filter(({ owner }) => owner === by(LAST).entity(name)).length,
          ).toBeLessThanOrEqual(PIN_CAP)
    })

    test('is remembered without its pin, too', async () => {
      for (const oath of swore.slice(0, 2)) expect(await by(LAST).memory('Mira', oath)).toBeDefined()
    })
  })

  describe('a scene that is over', () => {
    test('is one memory of each who was there, beside what matters and what is pinned', async () => {
      const before = (await by(19).memories('Mira')).filter(({ scene }) => scene === 1)
      const then = (await by(20).memories('Mira')).filter(({ scene }) => scene === 1)
      expect(before.length).toBeGreaterThan(12)
      expect(then.map(({ turn, source }) => [turn, source])).toEqual([
        [3, 'direct'],
        [5, 'told'],
        [7, 'direct'],
        [12, 'direct'],
        [19, 'summary'],
      ])
      const ada = (await by(20).memories('Ada')).filter(({ scene }) => scene === 1)
      expect(ada.map(({ source }) => source)).toEqual(['summary'])
      const elsewhere = await by(19).memories('Jonas')
      expect(elsewhere.filter(({ turn }) => turn > 2)).toEqual([])
    })

    test('ends where its place is left, and where time goes by, and the next one begins', () => {
      const scene = (turn: number) => by(turn).head.state.scene
      expect(scene(45).number).toBe(scene(44).number + 1)
      const pier = by(45).head.state.places.find(({ name }) => name === 'Pier')?.place
      expect(scene(45).open).toMatchObject({ place: pier, since: 46 })
      expect(scene(100).number).toBe(scene(99).number + 1)
      expect(scene(100).open?.participants).toHaveLength(names.length)
      const minutes = (turn: number) => by(turn).head.state.clock.minutes
      expect(minutes(100) - minutes(99)).toBe(3 * 24 * 60)
    })

    test('has nobody waiting for a summary of it', () => {
      for (const turn of [20, 50, 101, LAST]) expect(by(turn).head.state.scene.untold).toEqual([])
    })
  })

  test('how characters changed is kept with each arc of ten turns', async () => {
    const changed = async (who: 'Mira' | 'Jonas' | 'Wren', turn: number, words: string) =>
      (await by(turn).changes(who)).find(({ body }) => body.includes(words))
    expect(await changed('Mira', LAST, 'trusts Ada')).toMatchObject({ from: 1, to: 10 })
    expect(await changed('Wren', LAST, 'farewell')).toMatchObject({ from: 81, to: 90 })
    expect(await changed('Jonas', 170, 'company')).toMatchObject({ from: 111, to: 120 })
    expect(by(LAST).head.state.evolved).toBe(LAST)
  })

  test('one who begins anew has forgotten all, and all others have not', async () => {
    expect((await by(170).memories('Jonas')).length).toBeGreaterThan(20)
    expect((await by(171).memories('Jonas')).filter(({ turn }) => turn < 171)).toEqual([])
    expect(await by(171).changes('Jonas')).toEqual([])
    expect(by(171).head.state.edges.filter(({ from }) => from === by(171).entity('Jonas'))).toEqual([])
    expect(await by(171).memory('Wren', 'drowned')).toBeDefined()
    expect((await by(171).memories('Mira')).length).toBeGreaterThan(20)
  })

  test('what was taken back was never said, and it went on otherwise', async () => {
    const heard = await by(187, 'taken back').memory('Wren', 'tocsin')
    expect(heard).toMatchObject({ significance: 3 })
    const pinned = await by(190, 'taken back').pins('Wren')
    expect(pinned.map(({ body }) => body)).toContain(heard?.body)
    for (const turn of [187, LAST])
      for (const who of names) expect(await by(turn).mind(who)).not.toMatch(wordOf('what was taken back'))
    const { head } = by(LAST)
    const lines = await played().stores.store.lines(head, 187, LAST)
    expect(lines.map(({ text }) => text).join('\n')).not.toMatch(wordOf('what was taken back'))
    expect(lines[0]?.text).toBe(script[187]?.says)
  })

  test('on the branch, nobody has learned what was told elsewhere', async () => {
    const there = by(PARTING + 9, 'on the branch')
    expect(await there.memory('Mira', 'under the third step')).toBeDefined()
    for (const who of ['Jonas', 'Wren', 'Ben'] as const)
      expect(await there.mind(who)).not.toMatch(wordOf('what lies under the step'))
    const lines = await played().stores.store.lines(there.head, PARTING + 1, PARTING + 9)
    expect(lines.map(({ text }) => text)).toContain('"Stone, Jonas. Nothing but stone."')
    expect(lines.map(({ text }) => text).join('\n')).not.toMatch(wordOf('what lies under the step'))
  })

  test('after 150 turns, other words bring back what was said to whom it was said, and to nobody else', async () => {
    const { recollections } = played().stores
    const { head, entity } = by(154)
    const query = queryAt(head, [{ text: script[155]?.says ?? '', weight: 1 }])
    const brought = async (who: 'Mira' | 'Jonas' | 'Wren') =>
      inMind([], await recollections.recall(head, entity(who), query, 24)).map(({ body }) => body)
    expect((await brought('Mira'))[0]).toMatch(wordOf('what comes to the whistle'))
    for (const who of ['Jonas', 'Wren'] as const)
      expect((await brought(who)).join('\n')).not.toMatch(wordOf('what comes to the whistle'))
  })

  describe('at no time', () => {
    test.each(['as it stands', 'taken back', 'on the branch'] as const)(
      'does anyone have in mind what they cannot know: %s',
      async (telling) => {
        const leaks: string[] = []
        for (const turn of played().heads[telling].keys())
          if (turn % 5 === 0 || script[turn] !== undefined)
            for (const who of names)
              leaks.push(...leaksIn(await by(turn, telling).mind(who), [who], turn, telling))
        expect(leaks).toEqual([])
      },
    )

    test('has anyone forgotten what they know', async () => {
      for (const who of names) {
        const mind = await by(LAST).mind(who)
        for (const secret of secrets)
          expect([who, secret.what, secret.word.test(mind)]).toEqual([
            who,
            secret.what,
            knows(secret, who, LAST, 'as it stands'),
          ])
      }
    })
  })
}
