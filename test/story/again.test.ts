import { describe, expect, test } from 'vitest'
import { fail, goOn, type RegenerateIntent, regenerate, retry, say, tell } from '../../src/story/decide.ts'
import type { Line } from '../../src/story/line.ts'
import { revise } from '../../src/story/revise.ts'
import { segment } from '../../src/story/segment.ts'
import { fold, type StoryState } from '../../src/story/state.ts'
import { accepted, ada, adaHerself, ben, events, having, mira, newId, told, wordsIn } from './given.ts'

const said = accepted(say(told, ada, segment('"Who is there?"'), new Map(), newId))
const answered = having(said.state, (state) => tell(state, 'Nobody.', 'finished', newId))
const spoken: Line[] = [
  {
    ...{ id: 'l1', turn: 2, place: 9, speaker: adaHerself, kind: 'dialogue', text: '"Who is there?"' },
    ...{ witnesses: ['narrator', mira], source: 'm1' },
  },
]
const again = (state: StoryState, asked: Partial<RegenerateIntent> = {}) =>
  regenerate(state, { player: ada.id, alternate: 1, ...asked }, newId)

describe('what alternates share', () => {
  test('what a player says and edits by hand belongs to all answers; what is told, to its own', () => {
    expect(said.alternate).toBeNull()
    expect(accepted(tell(said.state, 'Nobody.', 'finished', newId)).alternate).toBe(0)
    const failed = accepted(fail(said.state, 'stalled', newId))
    expect(failed.alternate).toBe(0)
    expect(accepted(retry(failed.state, ada.id, failed.state.turn.id, newId)).alternate).toBe(0)
  })

  test('given another answer, then what follows belongs to it, and the next turn says that it was in force', () => {
    const asked = accepted(again(answered))
    expect(asked.alternate).toBe(1)
    const second = accepted(tell(asked.state, 'Me.', 'finished', newId))
    expect(second.alternate).toBe(1)
    const next = accepted(goOn(second.state, ada.id, newId))
    expect(next.events[0]).toMatchObject({ type: 'turn.opened', data: { after: 1, continues: true } })
    expect(next.state.turn).toMatchObject({ number: 3, alternate: 0, line: null })
  })
})

describe('regenerate', () => {
  test('given a told turn, then it is open again for its speaker, as it was asked', () => {
    const asked = accepted(
      again(answered, { direction: 'Be brief.', options: { temperature: 0.2, maxTokens: 80, model: 'm' } }),
    )
    expect(asked.state.turn).toMatchObject({
      ...{ id: answered.turn.id, number: 2, phase: 'open', alternate: 1, speaker: answered.turn.speaker },
      options: { direction: asked.texts[0]?.id, temperature: 0.2, maxTokens: 80, model: 'm' },
    })
    expect(wordsIn(asked)).toEqual(['Be brief.'])
  })

  test('given a failed turn, then another answer can be asked for too', () => {
    const failed = having(said.state, (state) => fail(state, 'stalled', newId))
    expect(accepted(again(failed)).state.turn).toMatchObject({ phase: 'open', failure: null })
  })

  test('with another line, that stands in the place of what was said, for this answer', () => {
    const text = '*knocks*'
    const asked = accepted(again(answered, { line: { text, segments: segment(text), spoken } }))
    const [regenerated, revised] = asked.events
    expect(asked.alternate).toBe(1)
    expect(regenerated).toMatchObject({ data: { line: { replaces: ['l1'] } } })
    expect(revised).toMatchObject({
      type: 'line.revised',
      data: {
        ...{ replaces: ['l1'], speaker: adaHerself, source: 'm1', turn: 2, place: 9 },
        lines: [{ kind: 'action', witnesses: ['narrator', mira] }],
      },
    })
    expect(asked.state.turn.line).toBe(asked.texts[0]?.id)
  })

  test.each([
    ['while an answer is written', () => again(said.state), 'turn_open'],
    [
      'with another line where nobody spoke',
      () => again(answered, { line: { text: 'x', segments: segment('x'), spoken: [] } }),
      'no_line',
    ],
    [
      'with another line for what the narrator told',
      () =>
        again(answered, {
          line: {
            text: 'x',
            segments: segment('x'),
            spoken: spoken.map((line) => ({ ...line, speaker: 'narrator' })),
          },
        }),
      'no_line',
    ],
  ])('%s it is refused', (_when, ask, refused) => {
    expect(events(ask())).toEqual({ refused })
  })
})

describe('continue', () => {
  test('given a told turn, then a turn opens in which nobody spoke, for whoever spoke last', () => {
    const next = accepted(goOn(answered, ben.id, newId))
    expect(next.events).toHaveLength(1)
    expect(next.state.turn).toMatchObject({
      number: 3,
      phase: 'open',
      speaker: answered.turn.speaker,
      player: ben.id,
    })
  })

  test('given an open turn, then it is refused', () => {
    expect(goOn(said.state, ada.id, newId)).toEqual({ refused: 'turn_open' })
  })
})

describe('a message that its player writes anew', () => {
  const rewrite = (text: string, lines: readonly Line[] = spoken) =>
    revise(answered, ada.id, lines, segment(text), newId)

  test('stands in the place of the old one, for those who perceived that, and for all answers', () => {
    const revised = accepted(rewrite('"Who are *you*?" ((typo))'))
    expect(revised.alternate).toBeNull()
    expect(revised.events).toMatchObject([
      {
        type: 'line.revised',
        data: {
          replaces: ['l1'],
          lines: [
            { kind: 'dialogue', witnesses: ['narrator', mira] },
            { kind: 'ooc', witnesses: [] },
          ],
        },
      },
    ])
    expect(wordsIn(revised).join('')).toBe('"Who are *you*?" ((typo))')
    expect(fold(revised.events, answered)).toEqual(revised.state)
  })

  test('one that was out of character and is no longer is perceived by those who are present', () => {
    const lines = spoken.map((line) => ({ ...line, kind: 'ooc' as const, witnesses: [] }))
    const [event] = accepted(rewrite('"Hello?"', lines)).events
    expect(event).toMatchObject({ data: { lines: [{ witnesses: expect.arrayContaining([mira]) }] } })
  })

  test('one that others were joined with keeps its line to itself', () => {
    const lines = spoken.map((line) => ({ ...line, text: `${line.text}\n` }))
    expect(wordsIn(accepted(rewrite('"Hello?"', lines)))).toEqual(['"Hello?"\n'])
  })

  test.each([
    ['to nothing', '  ', spoken, 'blank'],
    ['to what it was', '"Who is there?"', spoken, 'nothing_changed'],
    ['though nothing of it is in force', 'x', [], 'no_line'],
  ] as const)('%s, it is refused', (_how, text, lines, refused) => {
    expect(rewrite(text, lines)).toEqual({ refused })
  })
})
