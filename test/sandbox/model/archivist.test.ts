import { describe, expect, test } from 'vitest'
import { wireSchema } from '../../../src/model/json-schema.ts'
import { countTokens } from '../../../src/prompt/tokens.ts'
import { archivistRequest } from '../../../src/roles/archivist/request.ts'
import { improviser } from '../../../src/sandbox/model/improviser.ts'
import type { CompletionRequest } from '../../../src/sandbox/model/wire.ts'
import { edgeBetween } from '../../../src/story/edge.ts'
import { addPlace, leaveScene, openScene } from '../../../src/story/edit/world.ts'
import type { Line } from '../../../src/story/line.ts'
import { NARRATOR } from '../../../src/story/ref.ts'
import type { StoryState } from '../../../src/story/state.ts'
import { all, bodiesOf, headOf, inTurn, line, noted, settled } from '../../roles/archivist/given.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'

/** What comes of a turn that the improviser is asked about, as in a story that a newcomer plays. */

const placed = having(told, by(addPlace, { name: 'Kitchen', type: 'room' }))
const [kitchen = ''] = placed.places.map(({ place }) => place)
const open = having(placed, by(openScene, {}))

const instructions = 'You keep the record of a story that is told in a chat.'

const settledBy = (lines: readonly Line[], seed = 1, state: StoryState = open) => {
  const head = headOf({ ...state, turn: { ...state.turn, number: 2 } })
  const told = inTurn(2, lines)
  const { messages, schema } = archivistRequest({
    ...{ head, lines: told, context: [], instructions },
    ...{ count: countTokens, maxTokens: 900 },
  })
  const json_schema = { name: 'archivist', schema: wireSchema(schema).schema }
  const asked = { model: 'm', seed, messages, response_format: { type: 'json_schema', json_schema } }
  const answer: unknown = JSON.parse(improviser(1)(asked as CompletionRequest))
  return settled(answer, { head, lines: told, from: 2 })
}
const seeds = Array.from({ length: 30 }, (_, seed) => seed)
const acted = (text: string, ...hearers: readonly string[]) =>
  line('l1', adaHerself, text, [NARRATOR, adaHerself, ...hearers])
const opens = acted('*opens the rusty door* "Tell me about the lighthouse, Mira."', mira, jon)
const answer = line('l2', mira, '*shakes her head* "The lamp is my business."')

describe('a turn that the improviser records', () => {
  test('leaves each witness a memory from their own view', () => {
    const asked = 'Ada opened the rusty door and asked Mira about the lighthouse.'
    const views = new Set(
      seeds.flatMap((seed) => {
        const decision = settledBy([opens, answer], seed)
        return bodiesOf(decision, noted(decision)).map(({ owner, body }) => JSON.stringify([owner, body]))
      }),
    )
    expect(views).toEqual(
      new Set(
        [
          [mira, asked],
          [jon, `Jon was there when ${asked}`],
          [adaHerself, asked],
        ].map((view) => JSON.stringify(view)),
      ),
    )
  })

  test('says in a few words why someone feels otherwise', () => {
    const reasons = seeds.flatMap((seed) => {
      const decision = settledBy([opens, answer], seed)
      const { edges } = decision.state
      const { reason } = edgeBetween(edges, mira, adaHerself)
      return decision.texts.filter(({ id }) => id === reason).map(({ body }) => body)
    })
    expect(new Set(reasons)).toEqual(new Set(['opened the rusty door and asked Mira about the lighthouse']))
  })

  test('moves nobody and ends nothing where nobody goes', () => {
    for (const seed of seeds) expect(settledBy([opens, answer], seed).state.scene).toEqual(open.scene)
  })

  test('moves a player’s figure where its line plainly says so', () => {
    for (const seed of seeds.slice(0, 5)) {
      expect(
        all(settledBy([acted('*goes to the kitchen*', mira, jon), answer], seed), 'scene.moved'),
      ).toMatchObject([{ entity: adaHerself, place: kitchen }])
      expect(all(settledBy([acted('*I leave.*', mira, jon), answer], seed), 'scene.left')).toMatchObject([
        { entity: adaHerself },
      ])
    }
    const away = having(open, by(leaveScene, { entity: adaHerself }))
    expect(all(settledBy([acted('*I come back in.*')], 1, away), 'scene.joined')).toMatchObject([
      { entity: adaHerself },
    ])
  })

  test('given that all go together, then the next scene is there', () => {
    const decision = settledBy([acted('*We go to the kitchen.*', mira, jon)])
    expect(all(decision, 'scene.closed')).toMatchObject([{ reason: 'place' }])
    expect(decision.state.scene.open).toMatchObject({ place: kitchen })
  })

  test('lets time go by, or a scene end, where a player’s line plainly says so', () => {
    const morning = settledBy([acted('*The next morning, I open the shutters.*', mira, jon)])
    expect(all(morning, 'time.passed')).toEqual([{ minutes: 600, reason: 'skip' }])
    expect(all(morning, 'scene.closed')).toMatchObject([{ reason: 'time' }])
    const over = settledBy([acted('*I close the book.* The end.', mira, jon)])
    expect(all(over, 'scene.closed')).toMatchObject([{ reason: 'ending' }])
    const hoped = settledBy([acted('"See you the next morning. The end is near."', mira, jon)])
    expect(all(hoped, 'scene.closed')).toEqual([])
  })
})
