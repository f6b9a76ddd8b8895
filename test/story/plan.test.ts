import { describe, expect, test } from 'vitest'
import { fail, goOn, plan, retry, say, tell } from '../../src/story/decide.ts'
import { NARRATOR, SKEIN } from '../../src/story/ref.ts'
import { segment } from '../../src/story/segment.ts'
import { textsIn } from '../../src/story/state.ts'
import {
  accepted,
  ada,
  adaHerself,
  events,
  having,
  jon,
  mira,
  newId,
  type Step,
  told,
  wordsIn,
} from './given.ts'

const says: Step = (state) => say(state, ada, segment('"Well?"'), new Map(), newId)
const answers: Step = (state) => tell(state, '"Yes."', 'finished', newId)
const planned =
  (...speakers: readonly string[]): Step =>
  (state) =>
    plan(state, { speakers, plan: '- They argue.', reason: 'She was asked.' }, newId)
const goesOn: Step = (state) => goOn(state, ada.id, newId)
const asked = having(told, says)

describe('a plan', () => {
  test('is of the answer that is asked for, and says who gives it and why', () => {
    const decision = accepted(planned(mira, NARRATOR)(asked))
    expect(decision).toMatchObject({ turn: 2, alternate: 0, actor: SKEIN })
    expect(wordsIn(decision)).toEqual(['- They argue.', 'She was asked.'])
    const { turn } = decision.state
    expect(turn).toMatchObject({ phase: 'open', speaker: mira, next: [NARRATOR] })
    expect(textsIn(decision.state)).toEqual(expect.arrayContaining([turn.plan, turn.reason]))
  })

  test('needs no reason', () => {
    const decision = plan(asked, { speakers: [mira], plan: '- Go.', reason: null }, newId)
    expect(accepted(decision).state.turn.reason).toBeNull()
  })

  test('is refused where no answer is asked for', () =>
    expect(events(planned(mira)(told))).toEqual({ refused: 'turn_not_open' }))

  test.each([
    ['a person', adaHerself],
    ['one who is not of the story', 'nobody'],
  ])('cannot have %s speak', (_who, speaker) =>
    expect(events(planned(mira, speaker)(asked))).toEqual({ refused: 'unknown_entity' }),
  )
})

describe('those whom a plan has speak next', () => {
  const first = having(asked, planned(mira, jon, NARRATOR), answers)

  test('speak in the turns after it, by the same plan', () => {
    const second = having(first, goesOn)
    expect(second.turn).toMatchObject({ speaker: jon, plan: first.turn.plan, next: [NARRATOR] })
    const third = having(second, answers, goesOn)
    expect(third.turn).toMatchObject({ speaker: NARRATOR, plan: first.turn.plan, next: [] })
    expect(having(third, answers, goesOn).turn).toMatchObject({ speaker: NARRATOR, plan: null, next: [] })
  })

  test('are forgotten when a player speaks, or chooses another', () => {
    expect(having(first, says).turn).toMatchObject({ plan: null, next: [] })
    expect(having(first, (state) => goOn(state, ada.id, newId, mira)).turn).toMatchObject({
      ...{ speaker: mira, chosen: true },
      ...{ plan: null, next: [] },
    })
  })

  test('still do when the answer before them is tried again', () => {
    const failed = having(asked, planned(mira, jon), (state) => fail(state, 'unavailable', newId))
    const again = having(failed, (state) => retry(state, ada.id, state.turn.id, newId))
    expect(again.turn).toMatchObject({ phase: 'open', speaker: mira, plan: failed.turn.plan, next: [jon] })
  })
})
