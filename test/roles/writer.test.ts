import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assemble } from '../../src/prompt/assemble.ts'
import type { Part, Section } from '../../src/prompt/part.ts'
import type { Recalled } from '../../src/recall/recall.ts'
import { type WriterInput, writerParts } from '../../src/roles/writer.ts'
import { goOn, plan, regenerate } from '../../src/story/decide.ts'
import { createCharacter, reviseCharacter, setEdge, setPersona } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, joinScene, leaveScene, openScene, setActivity } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import type { Line } from '../../src/story/line.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { countingIds } from '../doubles/ids.ts'
import { aLine } from '../prompt/line.ts'
import { answers, begun, by, entityIn, having, player, type Step, says, type Told } from './told.ts'

const newId = countingIds('written')
const told = having(
  begun,
  by(reviseCharacter, {
    character: entityIn(begun, 'Mira'),
    persona: 'The keeper’s daughter.',
    voice: '"Mind the step."',
    traits: 'Counts stairs.',
    backstory: 'She put out the light.',
    relationship: 'Owes Ada money.',
    kickoff: 'A door bangs.',
  }),
  by(createCharacter, { name: 'Eli', persona: 'A ferryman.\n- Old.' }),
  by(setPersona, { player: player.id, name: 'Ada', pronouns: 'she/her' }),
)
const [mira, eli, ada] = ['Mira', 'Eli', 'Ada'].map((name) => entityIn(told, name)) as [
  string,
  string,
  string,
]

const nothing = {
  ...{ rules: 'You tell.', boundaries: '', changes: [], summaries: [], recalled: [], facts: [] },
  isAllowed: () => true,
}
const as = (head: Head, speaker: string): Head => ({
  ...head,
  state: { ...head.state, turn: { ...head.state.turn, speaker } },
})
const partsOf = ({ head, lines }: Told, speaker: string, more: Partial<WriterInput> = {}): Part[] =>
  writerParts({ head: as(head, speaker), lines, ...nothing, ...more })
const messagesFor = (...of: Parameters<typeof partsOf>) =>
  assemble(partsOf(...of)).messages.map(({ role, content }) => `${role}: ${content}`)
const promptOf = (...of: Parameters<typeof partsOf>) => messagesFor(...of).join('\n')
const textsIn = (parts: readonly Part[], section: Section) =>
  parts.filter((part) => part.section === section).map(({ text }) => text)

const memory = (body: string, more: Partial<Recalled> = {}): Recalled => ({
  ...{ memory: body, toldBy: null, body },
  ...{ how: 'recalled', score: 2.5, cues: ['light'] },
  ...more,
})

describe('the standing instructions', () => {
  test('are the rules, lines and veils, the story and its cast', () => {
    const [system] = messagesFor(told, NARRATOR, { boundaries: 'Lines: spiders' })
    expect(system).toBe(
      [
        'system: You tell.',
        '# Lines and veils\nLines: spiders',
        '# Story\nTitle: The Lighthouse',
        [
          '# Cast',
          '- Mira (character): The keeper’s daughter.',
          '- Eli (character): A ferryman. - Old.',
          '- Ada (played by a person, she/her): a smuggler',
        ].join('\n'),
      ].join('\n\n'),
    )
  })

  test('tell a character all of its own part, and how it speaks', () => {
    expect(promptOf(told, mira)).toContain(
      [
        '# Your part',
        'Mira: The keeper’s daughter.',
        'What marks you: Counts stairs.',
        'What lies behind you, and only you know: She put out the light.',
        'What you and the players are to each other: Owes Ada money.',
      ].join('\n'),
    )
    expect(partsOf(told, mira).find(({ section }) => section === 'examples')).toMatchObject({
      text: '"Mind the step."',
      tier: 'nice',
      audience: [mira],
    })
  })

  test.each([
    ['another character', eli],
    ['the narrator', NARRATOR],
  ])('tell %s no more of it than the row in the cast', (_who, speaker) => {
    expect(promptOf(told, speaker)).toContain('- Mira (character): The keeper’s daughter.')
    expect(promptOf(told, speaker)).not.toMatch(/Mind the step|Counts stairs|put out the light|Owes Ada/u)
  })

  test('are not touched by how a character has changed: that stands among the notes, as far as it may stand in the story', () => {
    const isAllowed = (text: string) => !text.includes('spider')
    const changes = ['Mira fears the sea.', 'Mira keeps a spider.', 'Mira trusts Ada.']
    const [standing, ...rest] = messagesFor(told, mira, { changes, isAllowed })
    expect(standing).toBe(messagesFor(told, mira)[0])
    expect(rest.join('\n')).toContain('# How you have changed\n- Mira fears the sea.\n- Mira trusts Ada.\n')
    expect(partsOf(told, mira, { changes }).filter(({ section }) => section === 'changes')).toEqual(
      changes.map((change) => ({
        ...{ section: 'changes', tier: 'should', audience: [mira], text: `- ${change}` },
      })),
    )
  })

  test('have no empty headings for a character of whom no more than the name is known', () =>
    expect(promptOf(begun, entityIn(begun, 'Mira'))).not.toContain('# Your part'))
})

describe('what an answer is asked with', () => {
  const closing = (head: Head, lines: readonly Line[] = []) =>
    textsIn(writerParts({ head, lines, ...nothing }), 'request')

  test('the first of a story is asked to set the scene', () => {
    const { head } = told
    const opening = { ...head, state: { ...head.state, turn: { ...head.state.turn, opening: true } } }
    expect(closing(opening)).toEqual(['Begin the story: set the opening scene.'])
  })

  test('what was just said stands at the end, and needs no request beside it', () => {
    const asked = having(told, says('"Mira, the light?"'))
    expect(closing(asked.head)).toEqual([])
    expect(messagesFor(asked, mira).at(-1)).toBe('user: Ada: "Mira, the light?"')
  })

  test('when nobody spoke, it is asked to go on', () => {
    const silent = having(told, ({ state }) => goOn(state, player.id, newId))
    expect(closing(silent.head)).toEqual(['(Nobody says anything. Go on with the story.)'])
  })

  test('a direction stands last', () => {
    const again = having(told, says('"Mira?"'), answers('"Yes."'), ({ state }) =>
      regenerate(state, { player: player.id, alternate: 1, direction: 'She slams the door.' }, newId),
    )
    expect(closing(again.head)).toEqual(['(Direction for this answer: She slams the door.)'])
  })

  test('in the first turn after a reset the story begins anew, with the first scenes of its cast', () => {
    const anew = having(told, by(resetStory, { scope: 'story' }), says('"Mira?"'))
    expect(closing(anew.head)[0]).toMatch(/^\(The story begins anew here[\s\S]*\nA door bangs\.\)$/u)
    expect(closing(having(anew, answers('"Yes."'), says('"Well?"')).head)).toEqual([])
    const forgetful = having(told, by(resetStory, { scope: 'character', character: mira }), says('"Mira?"'))
    expect(closing(forgetful.head)).toEqual([])
  })

  test('a plan is a note, which only those may read who may read all', () => {
    const planned = having(told, says('"Mira?"'), ({ state }) =>
      plan(state, { speakers: [mira], plan: '- She lies.', reason: null }, newId),
    )
    expect(partsOf(planned, mira)).toContainEqual({
      section: 'plan',
      tier: 'should',
      text: '- Mira speaks now\n- She lies.',
      audience: 'nobody',
    })
    expect(textsIn(partsOf(told, mira), 'plan')).toEqual([''])
  })
})

describe('what comes to a speaker’s mind', () => {
  const parts = partsOf(told, mira, {
    recalled: [
      memory('The oath.', { how: 'pinned' }),
      memory('Ada lit the lamp.', { score: 3.25, cues: ['lamp', 'lit'] }),
      memory('Fog.', { how: 'further', cues: [] }),
    ],
    facts: [
      { body: 'Ada smuggles salt.', how: 'recalled', score: 1, cues: ['salt'] },
      { body: 'It rains.', how: 'further', score: 0.5, cues: [] },
    ],
    summaries: [{ from: 2, to: 9, owners: [mira, ada], body: 'Ada came ashore.' }],
  })
  const noted = (section: Section) =>
    parts
      .filter((part) => part.section === section)
      .map(({ section: _, text, tier, audience, why, turn }) => ({ text, tier, audience, why, turn }))

  test('says why: it is pinned, or what was said brings it up', () => {
    expect(noted('pin')).toEqual([{ text: '- The oath.', tier: 'should', audience: [mira], why: 'pinned' }])
    expect(noted('memory')).toEqual([
      { text: '- Ada lit the lamp.', tier: 'should', audience: [mira], why: 'score 3.3, lamp, lit' },
      { text: '- Fog.', tier: 'nice', audience: [mira], why: 'score 2.5' },
    ])
  })

  test('has what it knows, and what happened before in short, for those who perceived it', () => {
    expect(noted('fact')).toEqual([
      { text: '- Ada smuggles salt.', tier: 'should', audience: [mira], why: 'score 1.0, salt' },
      { text: '- It rains.', tier: 'nice', audience: [mira], why: 'score 0.5' },
    ])
    expect(noted('summary')).toEqual([
      { text: 'Ada came ashore.', tier: 'should', audience: [mira, ada], turn: 9, why: 'turns 2 to 9' },
    ])
  })
})

describe('a plan that several follow', () => {
  const asked = having(told, says('"Who put out the light?"'), ({ state }) =>
    plan(
      state,
      {
        speakers: [mira, eli, NARRATOR],
        plan: '- Mira slams the door.\n- Eli laughs.\n- Narrator lets it rain.\n- Still true: Mira holds a lamp.',
        reason: null,
      },
      newId,
    ),
  )
  const goesOn: Step = ({ state }) => goOn(state, player.id, newId)
  const second = having(asked, answers('*slams the door*'), goesOn)
  const third = having(second, answers('*laughs*'), goesOn)
  const planIn = ({ head, lines }: Told) => textsIn(writerParts({ head, lines, ...nothing }), 'plan')

  test('tells each whose turn it is, and of what is to happen only what the others do not do', () => {
    expect(planIn(asked)).toEqual([
      '- Mira speaks now, then Eli, then Narrator\n- Mira slams the door.\n- Still true: Mira holds a lamp.',
    ])
    expect(planIn(second)).toEqual([
      '- After Mira, Eli speaks now, then Narrator\n- Eli laughs.\n- Still true: Mira holds a lamp.',
    ])
    expect(planIn(third)).toEqual([
      '- After Mira and Eli, Narrator speaks now\n- Narrator lets it rain.\n- Still true: Mira holds a lamp.',
    ])
  })

  test('has a narrator who speaks alone tell of everyone', () => {
    const alone = having(told, says('*knocks*'), ({ state }) =>
      plan(state, { speakers: [NARRATOR], plan: '- Mira slams the door.', reason: null }, newId),
    )
    expect(planIn(alone)).toEqual(['- Narrator speaks now\n- Mira slams the door.'])
  })
})

test('what was noted before a line was drawn is left out, and what does not cross it stays', () => {
  const planned = having(
    told,
    by(setActivity, { entity: mira, activity: { status: 'bitten by a spider' } }),
    by(setActivity, { entity: eli, activity: { posture: 'sits' } }),
    says('"Mira?"'),
    ({ state }) =>
      plan(state, { speakers: [mira], plan: '- A spider falls.\n- She lies.', reason: null }, newId),
  )
  const known = { how: 'recalled', score: 1, cues: [] } as const
  const parts = partsOf(planned, mira, {
    summaries: ['A spider came.', 'Ada came.'].map((body) => ({ from: 1, to: 2, owners: [mira], body })),
    recalled: [memory('Ada fed a spider.'), memory('An oath.', { how: 'pinned' })],
    facts: [
      { ...known, body: 'Spiders bite.' },
      { ...known, body: 'Salt is dear.' },
    ],
    isAllowed: (text) => !/spider/iu.test(text),
  })
  const sectionsOf = ['summary', 'activity', 'memory', 'pin', 'fact', 'plan'] as const
  expect(sectionsOf.map((section) => textsIn(parts, section))).toEqual([
    ['Ada came.'],
    ['- Eli: sits'],
    [],
    ['- An oath.'],
    ['- Salt is dear.'],
    ['- Mira speaks now\n- She lies.'],
  ])
})

describe('what a speaker feels and sees', () => {
  test('feelings are its own, for those who are here; a narrator has none', () => {
    const torn = having(
      told,
      by(setEdge, { from: mira, to: ada, affinity: 90, trust: 10 }),
      by(setEdge, { from: eli, to: ada, affinity: 0, trust: 0 }),
      by(setEdge, { from: ada, to: mira, affinity: 0, trust: 0 }),
    )
    expect(textsIn(partsOf(torn, mira), 'feelings')).toEqual(['- Ada: love and deep distrust'])
    expect(textsIn(partsOf(torn, eli), 'feelings')).toEqual(['- Ada: hate and deep distrust'])
    expect(textsIn(partsOf(torn, NARRATOR), 'feelings')).toEqual([])
    const alone = having(torn, by(openScene, { participants: [mira, eli] }))
    expect(textsIn(partsOf(alone, mira), 'feelings')).toEqual([''])
  })

  const house = having(
    told,
    by(addPlace, { name: 'Kitchen', type: 'room', audible: 'within' }),
    by(addPlace, { name: 'Cellar', type: 'room', audible: 'within' }),
  )
  const [kitchen = '', cellar = ''] = house.head.state.places.map(({ place }) => place)
  const apart = having(
    house,
    by(openScene, { place: kitchen, participants: [mira, ada] }),
    by(joinScene, { entity: eli, place: cellar }),
    by(setActivity, { entity: mira, activity: { posture: 'by the stove' } }),
    by(setActivity, { entity: eli, activity: { posture: 'digging' } }),
  )

  test('what is done out of sight is in no other’s prompt', () => {
    expect(textsIn(partsOf(apart, mira), 'activity')).toEqual(['- Mira: by the stove'])
    expect(textsIn(partsOf(apart, eli), 'activity')).toEqual(['- Eli: digging'])
    expect(partsOf(apart, eli).find(({ section }) => section === 'activity')?.audience).not.toContain(ada)
  })

  test('a narrator tells what those see who hear it: they are around the player whose turn it is', () => {
    const asked = having(apart, says('*opens the stove*'))
    expect(textsIn(partsOf(asked, NARRATOR), 'activity')).toEqual(['- Mira: by the stove'])
  })

  test('what was done before one came is not told with them there, until it is noted anew', () => {
    const hiding = having(
      apart,
      by(setActivity, { entity: mira, activity: { status: 'hides a chart' } }),
      by(joinScene, { entity: eli, place: null }),
      says('"Eli!"'),
    )
    expect(textsIn(partsOf(hiding, eli), 'activity')).toEqual(['- Eli: digging'])
    expect(textsIn(partsOf(hiding, ada), 'activity')).toEqual(['- Mira: by the stove, hides a chart'])
    expect(textsIn(partsOf(hiding, NARRATOR), 'activity')).toEqual([])
    const rising = having(hiding, by(setActivity, { entity: mira, activity: { posture: 'stands up' } }))
    for (const speaker of [eli, ada, NARRATOR])
      expect(textsIn(partsOf(rising, speaker), 'activity')).toContain('- Mira: stands up')
    expect(promptOf(rising, ada)).not.toContain('chart')
  })

  test('one who is in no scene knows nothing of the one that is open', () => {
    const gone = having(apart, by(leaveScene, { entity: eli }))
    const parts = partsOf(gone, eli)
    expect(textsIn(parts, 'scene')).toEqual(['Time: Day 1, 08:00'])
    expect([...textsIn(parts, 'activity'), ...textsIn(parts, 'feelings')]).toEqual([])
  })

  test('given a player who went away, when a narrator tells them, then not of the scene that they left', () => {
    const gone = having(apart, by(leaveScene, { entity: ada }), says('*walks on*'))
    const parts = partsOf(gone, NARRATOR)
    expect(textsIn(parts, 'scene')).toEqual(['Time: Day 1, 08:00'])
    expect(textsIn(parts, 'activity')).toEqual([])
    expect(textsIn(partsOf(gone, mira), 'scene')).toEqual([expect.stringContaining('Place: Kitchen')])
    const back = having(gone, by(joinScene, { entity: ada, place: null }))
    expect(textsIn(partsOf(back, NARRATOR), 'scene')).toEqual([expect.stringContaining('Place: Kitchen')])
  })

  test('what was said out of earshot is in no part of one’s prompt', () => {
    const spoken = having(
      apart,
      says('*whispers* "The key is in the lamp."'),
      answers('"Hush."'),
      by(joinScene, { entity: eli, place: null }),
      says('"Eli, come here."'),
    )
    expect(promptOf(spoken, eli)).toContain('Eli, come here.')
    expect(promptOf(spoken, eli)).not.toMatch(/key|lamp"|Hush/u)
    expect(promptOf(spoken, mira)).toContain('The key is in the lamp.')
  })
})

describe('after a reset', () => {
  const before = having(told, says('"I sank the boat."'), answers('"You did?"'))
  const known = (after: Step, speaker: string) => promptOf(having(before, after, says('"Mira?"')), speaker)

  test('of the story, those who heard its opening still know of that, and of what came since', () => {
    for (const speaker of [mira, NARRATOR]) {
      expect(known(by(resetStory, { scope: 'story' }), speaker)).toContain('Rain drums')
      expect(known(by(resetStory, { scope: 'story' }), speaker)).not.toContain('boat')
    }
  })

  test('of a character, only this one has forgotten', () => {
    const reset: Step = by(resetStory, { scope: 'character', character: mira })
    expect(known(reset, mira)).not.toContain('boat')
    expect(known(reset, eli)).toContain('boat')
  })

  test('of a character, a narrator tells nothing of what it has forgotten while it hears', () => {
    const forgetful = having(before, by(resetStory, { scope: 'character', character: mira }))
    const told = (head: Told) => promptOf(having(head, says('"Well?"')), NARRATOR)
    expect(told(forgetful)).not.toContain('boat')
    expect(told(having(forgetful, by(openScene, { participants: [eli, ada] })))).toContain('boat')
  })
})

describe('whoever perceived whatever', () => {
  const people = [NARRATOR, mira, eli, ada]
  const someLines = fc
    .array(
      fc.record({
        speaker: fc.constantFrom(...people),
        witnesses: fc.subarray(people),
        turn: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 12 },
    )
    .map((drafts) =>
      drafts
        .toSorted((one, other) => one.turn - other.turn)
        .map(({ turn, speaker, witnesses }, nth) => aLine(turn, speaker, `word${nth}. `, witnesses)),
    )
  const head = having(told, says('"One?"'), answers('.'), says('"Two?"'), answers('.'), says('"Three?"')).head
  const writtenFor = (speaker: string, lines: readonly Line[]) => partsOf({ head, lines }, speaker)

  test('a part that holds words of a line is for no more than those who perceived it', () => {
    fc.assert(
      fc.property(someLines, fc.constantFrom(NARRATOR, mira, eli), (lines, speaker) => {
        for (const { text, audience } of writtenFor(speaker, lines))
          for (const line of lines.filter((each) => text.includes(each.text.trim())))
            expect(line.witnesses).toEqual(expect.arrayContaining([...audience]))
      }),
    )
  })

  test('a character’s prompt holds the words that it perceived, all of them and no others', () => {
    fc.assert(
      fc.property(someLines, fc.constantFrom(mira, eli), (lines, speaker) => {
        const prompt = promptOf({ head, lines }, speaker)
        for (const { text, witnesses } of lines)
          expect(prompt.includes(text.trim())).toBe(witnesses.includes(speaker))
      }),
    )
  })
})
