import { describe, expect, test } from 'vitest'
import {
  addMemory,
  learnFact,
  mergeMemories,
  pinMemory,
  supersedeMemory,
  unpinMemory,
} from '../../src/story/edit/memory.ts'
import { clearPersona } from '../../src/story/edit/people.ts'
import { advanceClock } from '../../src/story/edit/world.ts'
import { type Memory, PIN_CAP, PIN_LIMIT, pinsOf } from '../../src/story/memory.ts'
import { accepted, ada, adaHerself, by, events, having, jon, mira, told, wordsIn } from './given.ts'

const heard = { id: 'line1', witnesses: ['narrator', mira, adaHerself] }
const aside = { id: 'line2', witnesses: ['narrator', mira] }
const pinning = (memory: string, how: 'manual' | 'automatic' = 'manual') =>
  by(pinMemory, { owner: mira, memory, how })
const many = (count: number, how: 'manual' | 'automatic') =>
  Array.from({ length: count }, (_, nth) => pinning(`${how}${nth + 1}`, how))
const pinned = (state: typeof told) => pinsOf(state.pins, mira).map(({ memory }) => memory)

describe('memories', () => {
  test('given lines, when one who witnessed them remembers, then the memory has what it rests on', () => {
    const later = having(told, by(advanceClock, { minutes: 5 }))
    const formed = accepted(
      by(addMemory, { owner: mira, text: 'The light went out.', lines: [heard, aside] })(later),
    )
    expect(formed.events).toEqual([
      {
        type: 'memory.formed',
        data: {
          memory: expect.any(String),
          owner: mira,
          text: formed.texts[0]?.id,
          witnesses: ['narrator', mira],
          source: 'direct',
          toldBy: null,
          chain: [],
          reliability: 1,
          significance: 1,
          lines: ['line1', 'line2'],
          minutes: 485,
          scene: null,
        },
      },
    ])
    expect(wordsIn(formed)).toEqual(['The light went out.'])
    expect(formed.state).toEqual(later)
  })

  test('one that rests on no line is its owner’s alone', () => {
    expect(events(by(addMemory, { owner: mira, text: 'It is cold.' })(told))).toMatchObject([
      { data: { witnesses: [mira], lines: [] } },
    ])
  })

  test('hearsay says who told it', () => {
    const hearsay = { owner: mira, text: 'Jon lied.', source: 'told', reliability: 0.6 } as const
    expect(events(by(addMemory, { ...hearsay, toldBy: adaHerself })(told))).toMatchObject([
      { data: { source: 'told', toldBy: adaHerself, reliability: 0.6 } },
    ])
    const malformed = { refused: 'malformed', fields: ['toldBy'] }
    expect(by(addMemory, hearsay)(told)).toEqual(malformed)
    expect(by(addMemory, { owner: mira, text: 'x', toldBy: jon })(told)).toEqual(malformed)
  })

  test('given a memory, when other words take its place, then its pin goes over to them', () => {
    const formed = accepted(by(addMemory, { owner: mira, text: 'A storm.', significance: 3 })(told))
    const [memory] = formed.events
    if (memory?.type !== 'memory.formed') throw new Error('no memory')
    const edited = accepted(by(supersedeMemory, { memory: memory.data, text: 'A gale.' })(formed.state))
    const by2 = edited.events[0]?.type === 'memory.formed' ? edited.events[0].data.memory : ''
    expect(edited.events).toEqual([
      { type: 'memory.formed', data: { ...memory.data, memory: by2, text: edited.texts[0]?.id } },
      { type: 'memory.superseded', data: { memory: memory.data.memory, owner: mira, by: by2 } },
    ])
    expect(pinned(edited.state)).toEqual([by2])

    const forgotten = accepted(
      by(supersedeMemory, { memory: { ...memory.data, memory: by2 }, text: null })(edited.state),
    )
    expect(forgotten.events).toEqual([
      { type: 'memory.superseded', data: { memory: by2, owner: mira, by: null } },
    ])
    expect(pinned(forgotten.state)).toEqual([])
  })

  test('what its owner did not witness, or nobody could own, is refused', () => {
    const overheard = { owner: adaHerself, text: 'A secret.', lines: [heard, aside] }
    expect(by(addMemory, overheard)(told)).toEqual({ refused: 'not_witnessed' })
    const unknown = { refused: 'unknown_entity' }
    expect(by(addMemory, { owner: 'narrator', text: 'x' })(told)).toEqual(unknown)
    const hearsay = { owner: mira, text: 'x', source: 'told', toldBy: ada.id } as const
    expect(by(addMemory, hearsay)(told)).toEqual(unknown)
    expect(by(addMemory, { owner: mira, text: ' ', reliability: 2 })(told)).toEqual({
      refused: 'malformed',
      fields: ['text', 'reliability'],
    })
  })
})

describe('memories that become one', () => {
  const one: Memory = {
    ...{ memory: 'one', owner: mira, text: 't1', witnesses: ['narrator', mira, adaHerself] },
    ...{ source: 'direct', toldBy: null, chain: [], reliability: 1, significance: 1 },
    ...{ lines: ['line1', 'line2'], minutes: 500, scene: 2 },
  }
  const other: Memory = {
    ...{ ...one, memory: 'other', text: 't2', witnesses: ['narrator', mira, jon] },
    ...{ reliability: 0.75, significance: 2, lines: ['line2', 'line3'], minutes: 485, scene: 1 },
  }
  const merging = (...memories: readonly Memory[]) =>
    by(mergeMemories, { memories: [...memories], text: 'A wild night.' })
  const merged = (...memories: readonly Memory[]) => {
    const [formed] = accepted(merging(...memories)(told)).events
    return formed?.data
  }

  test('given two of one owner, when they are merged, then one stands for both and rests on all of it', () => {
    const decision = accepted(merging(one, other)(told))
    const [formed, ...rest] = decision.events
    expect(formed).toEqual({
      type: 'memory.formed',
      data: {
        ...{ memory: expect.any(String), owner: mira, text: decision.texts[0]?.id },
        ...{ witnesses: ['narrator', mira], source: 'direct', toldBy: null, chain: [] },
        ...{ reliability: 0.75, significance: 2, lines: ['line1', 'line2', 'line3'] },
        ...{ minutes: 485, scene: 1 },
      },
    })
    const merged = formed?.type === 'memory.formed' ? formed.data.memory : ''
    expect(rest).toEqual(
      ['one', 'other'].map((memory) => ({
        type: 'memory.superseded',
        data: { memory, owner: mira, by: merged },
      })),
    )
    expect(wordsIn(decision)).toEqual(['A wild night.'])
  })

  test('they keep whom it is from only as far as they agree on it', () => {
    const fromAda: Memory = { ...one, source: 'told', toldBy: adaHerself, chain: [jon] }
    const again: Memory = { ...fromAda, memory: 'again' }
    expect(merged(fromAda, again)).toMatchObject({ source: 'told', toldBy: adaHerself, chain: [jon] })
    expect(merged(fromAda, { ...again, chain: [] })).toMatchObject({ toldBy: adaHerself, chain: [] })
    const nobodys = { source: 'summary', toldBy: null, chain: [] }
    expect(merged(fromAda, { ...again, toldBy: jon, chain: [jon] })).toMatchObject(nobodys)
    expect(merged(fromAda, other)).toMatchObject(nobodys)
  })

  test('given pins of some, then the one that stands has one pin, by hand where one was', () => {
    const onOther = having(told, pinning('elsewhere'), pinning('other', 'automatic'))
    const carried = accepted(merging(one, other)(onOther))
    const [formed] = carried.events
    const memory = formed?.type === 'memory.formed' ? formed.data.memory : ''
    expect(pinsOf(carried.state.pins, mira)).toEqual([
      { memory: 'elsewhere', owner: mira, how: 'manual' },
      { memory, owner: mira, how: 'automatic' },
    ])
    const onBoth = having(told, pinning('one', 'automatic'), pinning('other'))
    expect(pinsOf(having(onBoth, merging(one, other)).pins, mira)).toMatchObject([{ how: 'manual' }])
    expect(having(told, merging(one, other)).pins).toEqual([])
  })

  test('what is of two owners, or of fewer than two memories, is refused', () => {
    const malformed = { refused: 'malformed', fields: ['memories'] }
    expect(merging(one, { ...other, owner: jon })(told)).toEqual(malformed)
    expect(merging(one)(told)).toEqual(malformed)
    expect(merging(one, one)(told)).toEqual(malformed)
    expect(by(mergeMemories, { memories: [one, other], text: ' ' })(told)).toEqual({
      refused: 'malformed',
      fields: ['text'],
    })
  })
})

describe('known facts', () => {
  test('given a line, when one who witnessed it learns from it, then the fact says which line', () => {
    const learned = accepted(by(learnFact, { owner: mira, text: 'Ada smuggles.', lines: [heard] })(told))
    expect(learned.events).toEqual([
      {
        type: 'fact.learned',
        data: { fact: expect.any(String), owner: mira, text: learned.texts[0]?.id, lines: ['line1'] },
      },
    ])
    expect(learned.state).toEqual(told)
  })

  test('what its owner did not witness, or nobody could own, is refused', () => {
    expect(by(learnFact, { owner: jon, text: 'x', lines: [heard] })(told)).toEqual({
      refused: 'not_witnessed',
    })
    expect(by(learnFact, { owner: ada.id, text: 'x' })(told)).toEqual({ refused: 'unknown_entity' })
  })
})

describe('pins', () => {
  test('given a memory, when it is pinned and unpinned, then it stands and no longer stands', () => {
    const on = accepted(pinning('m')(told))
    const pin = { memory: 'm', owner: mira, how: 'manual' }
    expect(on.events).toEqual([{ type: 'memory.pinned', data: pin }])
    expect(on.state.pins).toEqual([pin])
    const off = accepted(by(unpinMemory, { owner: mira, memory: 'm' })(on.state))
    expect(off.events).toEqual([{ type: 'memory.unpinned', data: { ...pin, before: 'manual' } }])
    expect(off.state.pins).toEqual([])
  })

  test('what matters most is pinned on its own', () => {
    const { events: all } = accepted(by(addMemory, { owner: mira, text: 'Fire!', significance: 3 })(told))
    expect(all).toMatchObject([
      { type: 'memory.formed' },
      { type: 'memory.pinned', data: { how: 'automatic' } },
    ])
  })

  test('given eight, when another is pinned, then the oldest automatic one makes room', () => {
    const eight = having(told, pinning('manual1'), ...many(PIN_CAP - 1, 'automatic'))
    const next = accepted(pinning('next', 'automatic')(eight))
    expect(next.events[0]).toEqual({
      type: 'memory.unpinned',
      data: { memory: 'automatic1', owner: mira, how: 'automatic', before: 'automatic' },
    })
    expect(pinned(next.state)).toHaveLength(PIN_CAP)
    expect(pinned(next.state)).toContain('manual1')
    expect(pinned(having(eight, pinning('by hand')))).not.toContain('automatic1')
  })

  test('given eight set by hand, none makes room: only more by hand come in, up to a limit', () => {
    const eight = having(told, ...many(PIN_CAP, 'manual'))
    const full = { refused: 'pins_full' }
    expect(pinning('next', 'automatic')(eight)).toEqual(full)
    const sixteen = having(told, ...many(PIN_LIMIT, 'manual'))
    expect(pinning('next')(sixteen)).toEqual(full)
    const formed = accepted(by(addMemory, { owner: mira, text: 'Fire!', significance: 3 })(eight))
    expect(formed.events.map(({ type }) => type)).toEqual(['memory.formed'])
  })

  test('each owner has their own', () => {
    const eight = having(told, ...many(PIN_CAP, 'manual'))
    expect(events(by(pinMemory, { owner: jon, memory: 'm', how: 'automatic' })(eight))).toHaveLength(1)
  })

  test('a hand makes an automatic pin its own, and no rule takes it back', () => {
    const own = having(told, pinning('m', 'automatic'), pinning('m'))
    expect(own.pins).toEqual([{ memory: 'm', owner: mira, how: 'manual' }])
    expect(pinning('m', 'automatic')(own)).toEqual({ refused: 'already_pinned' })
    expect(pinning('m')(own)).toEqual({ refused: 'already_pinned' })
  })

  test('what is not pinned, or nobody’s, is refused', () => {
    expect(by(unpinMemory, { owner: mira, memory: 'm' })(told)).toEqual({ refused: 'not_pinned' })
    expect(by(pinMemory, { owner: 'nobody', memory: 'm' })(told)).toEqual({ refused: 'unknown_entity' })
  })

  test('given a persona with pins, when its player drops it, then they go', () => {
    const pins = having(told, by(pinMemory, { owner: adaHerself, memory: 'm' }), pinning('m'))
    expect(having(pins, by(clearPersona, { player: ada.id })).pins).toMatchObject([{ owner: mira }])
  })
})
