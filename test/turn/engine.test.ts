import { describe, expect, test } from 'vitest'
import { setPersona } from '../../src/story/edit/people.ts'
import { positionOf } from '../../src/story/head.ts'
import { failed } from '../doubles/model.ts'
import { beginWith, told, type Workshop, workshop } from './given.ts'
import {
  ada,
  begin,
  ben,
  engineWith,
  message,
  newestTurn,
  newId,
  place,
  promptOf,
  ref,
  retryNewest,
  say,
  stores,
  transcript,
  turn,
} from './table.ts'

describe('a turn', () => {
  test('a story begins with an opening that grows, is told and is delivered', async () => {
    const world = engineWith({ deltas: ['Rain ', 'falls.'] })
    await begin(world)
    expect(world.shown[0]?.texts).toEqual(['Rain', 'Rain falls.'])
    expect(world.shown[0]?.outcome).toEqual({ kind: 'told', text: 'Rain falls.', ending: 'finished' })
    expect(await transcript()).toEqual(['Rain falls.'])
    expect(await stores.deliveries.open()).toEqual([])
  })

  test('a message is answered with the story so far in the prompt, and its out-of-character part is not', async () => {
    const world = engineWith({ deltas: ['Rain.'] }, { deltas: ['The door gives.'] })
    await begin(world)
    expect(await say(world, 'm1', '*opens the door* ((my cat is on the keyboard))')).toBe('taken_in')
    expect(promptOf(world, 1)).toContain('assistant: Rain.')
    expect(promptOf(world, 1)).toContain('Ada: *opens the door*')
    expect(promptOf(world, 1)).not.toContain('cat')
    expect(await transcript()).toEqual([
      'Rain.',
      '*opens the door* ',
      '((my cat is on the keyboard))',
      'The door gives.',
    ])
  })

  test('an out-of-character message asks nothing of the model', async () => {
    const world = engineWith({ deltas: ['Rain.'] })
    await begin(world)
    expect(await say(world, 'm1', '((brb))')).toBe('taken_in')
    expect(world.model.requests).toHaveLength(1)
    expect(await transcript()).toEqual(['Rain.', '((brb))'])
  })

  test('the same message given twice changes nothing the second time', async () => {
    const world = engineWith({ deltas: ['Rain.'] }, { deltas: ['Fog.'] })
    await begin(world)
    await Promise.all([say(world, 'm1', 'I wait.'), say(world, 'm1', 'I wait.')])
    await say(world, 'm1', 'I wait.')
    expect(world.model.requests).toHaveLength(2)
    expect(await transcript()).toEqual(['Rain.', 'I wait.', 'Fog.'])
  })

  test('a message that arrives again while it waits is taken in once', async () => {
    const world = engineWith({ deltas: ['Rain'], holds: true }, { deltas: ['Fog.'] })
    const opening = begin(world)
    await world.model.written(0)
    const said = [say(world, 'm1', 'I wait.'), say(world, 'm1', 'I wait.')]
    await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })
    await opening
    expect(await Promise.all(said)).toEqual(['taken_in', 'duplicate'])
    expect(await transcript()).toEqual(['Rain', 'I wait.', 'Fog.'])
  })

  test('a message that waited while its channel was given to another branch belongs there', async () => {
    const world = engineWith({ deltas: ['Rain'], holds: true })
    const opening = begin(world)
    await world.model.written(0)
    const said = say(world, 'm1', 'I wait.')
    const head = await stores.store.load(ref)
    if (!head) throw new Error('no head')
    const other = { id: 'other', author: ada.id, name: 'Other', description: null }
    await stores.branches.create(head, positionOf(head), other, { ids: [], channel: null })
    await stores.branches.showIn({ ...ref, branch: 'other' }, '500', '400')
    await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })
    await opening
    expect(await said).toBe('elsewhere')
    expect(await transcript()).toEqual(['Rain'])
    expect(await stores.store.wasTakenIn('m1')).toBe(false)
  })

  test('a message that was deleted before it came in is not taken in', async () => {
    const world = engineWith({ deltas: ['Rain.'] })
    await begin(world)
    await stores.erasure.eraseMessage('m1', true)
    expect(await say(world, 'm1', 'I wait.')).toBe('duplicate')
    expect(await transcript()).toEqual(['Rain.'])
  })

  test('different stories are told at once', async () => {
    const world = engineWith({ deltas: ['Rain'], holds: true }, { deltas: ['Snow.'] })
    const first = begin(world)
    await world.model.written(0)
    const other = { ref: { ...ref, story: 'story2' }, guild: '9', thread: '501', parent: '400' }
    const started = await world.engine.start(other, { player: ben, title: 'Snow' }, 'i2')
    await (started === 'duplicate' ? undefined : started.opened)
    expect(world.shown[1]?.outcome).toMatchObject({ kind: 'told', text: 'Snow.' })
    await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })
    await first
  })

  test('turns of one story never interleave', async () => {
    const world = engineWith({ deltas: ['Rain.'] }, { deltas: ['A'], holds: true }, { deltas: ['B.'] })
    await begin(world)
    const first = say(world, 'm1', 'I go left.')
    const second = say(world, 'm2', 'I go right.', ben)
    await world.model.written(1)
    expect(world.engine.isBusy(ref)).toBe(true)
    expect(world.model.requests).toHaveLength(2)
    await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })
    await Promise.all([first, second])
    expect(await transcript()).toEqual(['Rain.', 'I go left.', 'A', 'I go right.', 'B.'])
  })

  test('messages of one player that wait and were sent within two seconds are one turn', async () => {
    const world = engineWith({ deltas: ['Rain.'], holds: true }, { deltas: ['Fog.'] }, { deltas: ['Ice.'] })
    const opening = begin(world)
    await world.model.written(0)
    const said = [
      world.engine.say(ref, '500', message('m1', 'I wait.', ada, 1000)),
      world.engine.say(ref, '500', message('m2', 'And listen.', ada, 2500)),
      world.engine.say(ref, '500', message('m3', 'And leave.', ada, 9000)),
    ]
    await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })
    await opening
    expect(await Promise.all(said)).toEqual(['taken_in', 'taken_in', 'merged'])
    expect(await transcript()).toEqual(['Rain.', 'I wait.\n', 'And listen.', 'Fog.', 'And leave.', 'Ice.'])
  })
})

describe('an edit by hand', () => {
  test('is an event of its own, and refused as a value', async () => {
    const world = engineWith({ deltas: ['Rain.'] })
    await begin(world)
    const rename = (name: string) =>
      world.engine.edit(
        ref,
        ({ state }) => setPersona(state, ada.id, { player: ada.id, name }, newId),
        `e-${name}`,
      )
    expect(await rename('Ada Lovelace')).toBe('edited')
    expect(await rename('')).toMatchObject({ refused: 'malformed' })
    const head = await stores.store.load(ref)
    expect(head?.words.get(head.state.cast.personas[0]?.name ?? '')).toBe('Ada Lovelace')
  })
})

describe('stop', () => {
  const running = async () => {
    const world = engineWith({ deltas: ['Rain'], holds: true })
    const opening = begin(world)
    await world.model.written(0)
    return { world, opening }
  }

  test('keeps what was written and marks it', async () => {
    const { world, opening: told } = await running()
    expect(await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })).toBe(
      'stopped',
    )
    await told
    expect(world.shown[0]?.outcome).toEqual({ kind: 'told', text: 'Rain', ending: 'stopped' })
    expect(await transcript()).toEqual(['Rain'])
  })

  test('is for the player of the turn, the author and moderators', async () => {
    const { world, opening: told } = await running()
    expect(await world.engine.stop(await newestTurn(), { player: ben.id, isModerator: false })).toBe(
      'not_yours',
    )
    expect(await world.engine.stop(await newestTurn(), { player: ben.id, isModerator: true })).toBe('stopped')
    await told
    expect(await world.engine.stop(await newestTurn(), { player: ada.id, isModerator: false })).toBe(
      'not_running',
    )
  })
})

describe('when the model fails', () => {
  test('nothing enters the story, and the player can try again', async () => {
    const world = engineWith({ deltas: [], end: failed('unavailable') }, { deltas: ['Rain.'] })
    await begin(world)
    expect(world.shown[0]?.outcome).toEqual({ kind: 'failed', failure: 'unavailable' })
    expect(await transcript()).toEqual([])
    expect(await retryNewest(world, 'i2')).toBe('answered')
    expect(await transcript()).toEqual(['Rain.'])
    expect(await retryNewest(world, 'i3')).toEqual({
      refused: 'nothing_to_retry',
    })
  })

  test('a stream that breaks off keeps what came, marked as cut', async () => {
    const end = { kind: 'cut', failure: { kind: 'cut', detail: '' } } as const
    const world = engineWith({ deltas: ['Rain fa'], end })
    await begin(world)
    expect(world.shown[0]?.outcome).toEqual({ kind: 'told', text: 'Rain fa', ending: 'cut' })
    expect(await turn()).toMatchObject({ phase: 'told', ending: 'cut' })
  })

  test('a prompt that is too long is never sent', async () => {
    const world = engineWith({ deltas: ['Rain.'] })
    await begin(world)
    const long = Array.from({ length: 9000 }, (_, index) => `w${index}`).join(' ')
    await say(world, 'm1', long)
    expect(world.model.requests).toHaveLength(1)
    expect(world.shown[1]?.outcome).toEqual({ kind: 'failed', failure: 'too_long', section: 'line' })
  })
})

describe('a halt', () => {
  const salt = { lines: [2], who: 'Mira', text: 'Salt.', significance: 1, source: 'direct', told_by: null }
  const LATE = {
    archivist: { memories: [salt] },
    segmenter: { segments: [{ kind: 'action', text: 'I wait.' }] },
    summariser: { summary: 'Ada came ashore.' },
  }
  const LONG = 'word '.repeat(880)
  const FULL = 7

  /** Plays until a role is asked: by a message for the most, by a full prompt for old turns. */
  const askedOf = async (role: keyof typeof LATE, wait: (world: Workshop) => () => Promise<unknown>) => {
    const world = workshop(told(...Array.from({ length: FULL }, () => LONG)))
    await beginWith(world, 'Mira')
    await stores.settings.changeServer(place.guild, { segments: role === 'segmenter' }, ada.id)
    for (let turn = 2; role === 'summariser' && turn < FULL; turn += 1) await say(world, `m${turn}`, 'Well?')
    const asked = wait(world)
    const said = say(world, 'm9', 'I wait.')
    await asked()
    world.engine.halt(ref.story)
    return { world, said }
  }
  const held = async () => {
    const { settled, past } = (await stores.store.load(ref))?.state ?? {}
    return { settled, left: past?.left, isIn: await stores.store.wasTakenIn('m9') }
  }

  test.each([
    ['archivist', 'taken_in', true],
    ['segmenter', 'paused', false],
    ['summariser', 'taken_in', true],
  ] as const)('ends what is asked of the %s', async (role, outcome, isIn) => {
    const { world, said } = await askedOf(role, ({ model }) => {
      model.giving(role, { holds: true })
      const calls = () => model.asked.filter(({ caller }) => caller.role === role).length
      const before = calls()
      return () => expect.poll(calls).toBe(before + 1)
    })
    expect(await said).toBe(outcome)
    await world.engine.close()
    expect(await held()).toEqual({ settled: 0, left: 0, isIn })
  })

  test.each(['archivist', 'segmenter', 'summariser'] as const)(
    'drops what the %s gives all the same',
    async (role) => {
      const late = Promise.withResolvers<() => void>()
      const { world, said } = await askedOf(role, (at) => {
        const { asked, release } = at.hold(role, LATE[role])
        late.resolve(release)
        return () => asked
      })
      const release = await late.promise
      release()
      await said
      await world.engine.close()
      expect(await held()).toEqual({ settled: 0, left: 0, isIn: role !== 'segmenter' })
    },
  )

  test('leaves other stories alone, and what is asked once the story goes on', async () => {
    const world = engineWith({ deltas: ['Rain.'], holds: true }, { deltas: ['Fog.'] })
    const opening = begin(world)
    await world.model.written(0)
    world.engine.halt('another story')
    expect(world.model.requests[0]?.signal.aborted).toBe(false)
    world.engine.halt(ref.story)
    await opening
    await say(world, 'm1', 'I wait.')
    expect(await transcript()).toEqual(['Rain.', 'I wait.', 'Fog.'])
  })
})

describe('those whom the plan has speak next', () => {
  const plan = { speakers: ['Jon', 'Mira'], reason: '', beats: [], must_not_contradict: [], leave_room: '' }

  const begun = async () => {
    const world = workshop(told('Rain.', '"Me."', '"You."'))
    await beginWith(world, 'Mira', 'Jon')
    return { world, planner: world.hold('planner', plan) }
  }

  test('leave the story to whoever waits to change or to move it', async () => {
    const { world, planner } = await begun()
    const said = say(world, 'm1', '"Who?"')
    await planner.asked
    const moved = world.engine.alone(ref, async () => (await turn())?.number)
    planner.release()
    expect(await moved).toBe(2)
    await said
  })

  test('do after messages that were taken as one: the second waits no more', async () => {
    const { world, planner } = await begun()
    const gate = Promise.withResolvers<void>()
    const before = world.engine.alone(ref, () => gate.promise)
    const said = [1000, 2000].map((at) => world.engine.say(ref, '500', message(`m${at}`, '"Who?"', ada, at)))
    gate.resolve()
    planner.release()
    expect(await Promise.all([before, ...said])).toEqual([undefined, 'taken_in', 'merged'])
    expect((await turn())?.number).toBe(3)
  })
})
