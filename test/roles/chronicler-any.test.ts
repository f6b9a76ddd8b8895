import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FEELING_LIMIT } from '../../src/roles/chronicler/account.ts'
import { chronicle } from '../../src/roles/chronicler/chronicle.ts'
import { SUMMARY_LIMIT } from '../../src/roles/summariser.ts'
import { pinMemory } from '../../src/story/edit/memory.ts'
import { countingIds } from '../doubles/ids.ts'
import { ada, answered, closed, firstIn, jon, mira, told, view, viewAt } from './chronicler-scene.ts'
import { by, having } from './told.ts'

test('whatever is answered, no more comes of it than may', () => {
  const wild = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        summary: fc.oneof(fc.string({ maxLength: 3000 }), fc.constant('Ada came. A spider!'), fc.jsonValue()),
        keep: fc.oneof(
          fc.array(fc.oneof(fc.integer({ min: -1, max: 5 }), fc.double(), fc.string())),
          fc.jsonValue(),
        ),
        feelings: fc.oneof(
          fc.array(
            fc.record({
              to: fc.oneof(fc.constantFrom('Ada', 'ada', 'Mira', 'Jon', 'Narrator', '(nobody)'), fc.string()),
              summary: fc.oneof(fc.string({ maxLength: 900 }), fc.constant('A spider.'), fc.jsonValue()),
            }),
          ),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    ),
  )
  const views = [view, viewAt(jon), viewAt(ada)]
  fc.assert(
    fc.property(wild, fc.constantFrom(...views), fc.boolean(), (answer, owner, isPinned) => {
      const account = answered(answer, owner)
      if (!account) return
      const { head } = isPinned ? having(told, by(pinMemory, { owner: mira, memory: 'm1' })) : told
      const { events, texts, state } = chronicle(head, closed, [{ view: owner, account }], countingIds())
      const types = events.map(({ type }) => type)
      expect(types.filter((type) => type === 'memory.formed')).toHaveLength(1)
      expect(types.at(-1)).toBe('scene.summarised')
      expect(state.pins).toEqual(head.state.pins)
      for (const { body } of texts) expect(firstIn(body)).toBeUndefined()
      for (const { type, data } of events) {
        if (type === 'memory.formed') {
          expect(data.owner).toBe(owner.owner)
          expect(data.witnesses).toContain(owner.owner)
          expect(texts.find(({ id }) => id === data.text)?.body.length).toBeLessThanOrEqual(SUMMARY_LIMIT)
        } else if (type === 'memory.superseded') {
          expect(isPinned ? ['m3'] : ['m1', 'm3']).toContain(data.memory)
          expect(account.kept).not.toContain(data.memory)
        } else if (type === 'edge.summarised') {
          expect(owner.met.map(({ entity }) => entity)).toContain(data.to)
          expect(data.from).toBe(owner.owner)
          expect(texts.find(({ id }) => id === data.summary)?.body.length).toBeLessThanOrEqual(FEELING_LIMIT)
        } else expect(type).toBe('scene.summarised')
      }
    }),
    { numRuns: 300 },
  )
})
