import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBundle, writeBundle } from '../../src/formats/bundle.ts'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { castMembers } from '../../src/story/cast.ts'
import type { Decision } from '../../src/story/draft.ts'
import type { StoryEvent } from '../../src/story/event.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { openStores } from '../doubles/store.ts'
import { sha256 } from '../formats/story.ts'
import { anyMove, made } from '../story/walk.ts'
import { GUILD, openWorld, refOf, STORY, seen, type World } from './bundle-world.ts'

type Pick = { readonly pick: number; readonly move: Parameters<typeof made>[1] }

/** As Skein would have it: one of the cast remembers, and it rests on what was said. */
const plausible = (decided: Decision | undefined, line: string | undefined): Decision | undefined => {
  const cast = decided ? castMembers(decided.state.cast) : []
  const events = decided?.events.map(
    (event): StoryEvent =>
      event.type === 'memory.formed'
        ? { ...event, data: { ...event.data, lines: line === undefined ? [] : [line] } }
        : event,
  )
  const isOfCast = ({ type, data }: StoryEvent) => type !== 'memory.formed' || cast.includes(data.owner)
  return decided && events?.every(isOfCast) ? { ...decided, events } : undefined
}

/** Everything that one can do, each on the branch where one is. */
const acts = {
  edit: async (world, { move }) => {
    const head = await world.head()
    const said = await world.store.lines(head, 0, head.state.turn.number)
    await world.append(plausible(made(head.state, move), said.at(-1)?.id))
  },
  play: async (world, { pick }) => {
    await world.play(`"Turn ${pick}"`)
  },
  regenerate: (world, { pick }) => world.regenerate(`Otherwise ${pick}.`),
  swipe: (world, { pick }) => world.swipe(pick),
  rewind: async (world, { pick }) => world.rewind(pick % ((await world.head()).state.turn.number + 1)),
  undo: (world) => world.undo(),
  branch: async (world, { pick }) => {
    const { length } = await world.branches.list(STORY)
    await world.branchAt(pick % ((await world.head()).state.turn.number + 2), `b${length}`)
  },
  switch: async (world, { pick }) => world.on(await someBranch(world, pick)),
  remove: async (world, { pick }) => {
    const branch = await someBranch(world, pick)
    world.on(ROOT_BRANCH)
    if (branch !== ROOT_BRANCH) await world.branches.remove(refOf(branch))
  },
  rewrite: (world, { pick }) => world.rewrite(someMessage(world, pick), `"Rewritten ${pick}"`),
  change: (world, { pick }) => world.change(`Another, ${pick}.`),
  erase: (world, { pick }) => world.erase(someMessage(world, pick)),
} satisfies Record<string, (world: World, pick: Pick) => Promise<void>>

const someBranch = async ({ branches }: World, pick: number): Promise<string> => {
  const left = (await branches.list(STORY)).filter(({ isDeleted }) => !isDeleted)
  return left[pick % left.length]?.ref.branch ?? ROOT_BRANCH
}

const someMessage = ({ messages }: World, pick: number): string => messages[pick % messages.length] ?? 'none'

const anyAct = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('edit', 'play') },
    { weight: 4, arbitrary: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])) },
  ),
  fc.record({ pick: fc.nat(50), move: anyMove() }),
)

test('whatever was done to a story, it is the same elsewhere, and the same when it comes from there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 10, maxLength: 60, size: 'max' }), async (walk) => {
      const there = await openStores()
      const here = await openWorld()
      try {
        await here.begin()
        for (const [act, pick] of walk) {
          const { phase } = (await here.head()).state.turn
          if (phase === 'open' && act !== 'edit') await here.tell('At last.')
          await acts[act as keyof typeof acts](here, pick)
        }
        const bundle = readBundle(writeBundle(await here.bundle(), sha256), sha256)
        await importStory(there.db, bundle, { story: 'story2', guild: GUILD, at: 7 })
        expect(await seen(there, 'story2')).toEqual(await seen(here, STORY))
        expect(await exportStory(there.db, 'story2')).toEqual(bundle)
      } finally {
        await here.close()
        await there.close()
      }
    }),
    { numRuns: 25 },
  )
})
