import { z } from 'zod'
import { isCast } from '../cast.ts'
import type { Draft, RefusalKind } from '../draft.ts'
import { Memory, memorySources, type Pin, pinOf, roomFor } from '../memory.ts'
import { EntityId, MemoryId } from '../ref.ts'
import { CitedLine, edit, Prose } from './edit.ts'

// Pins after making room for it. Full: nothing but pins set by hand, which never make room.
const placePin = (draft: Draft, pin: Pin): RefusalKind | undefined => {
  const room = roomFor(draft.state().pins, pin.owner, pin.how)
  if (room === 'full') return 'pins_full'
  if (room !== 'free') {
    const { memory, owner, how: before } = room.evict
    draft.emit({ type: 'memory.unpinned', data: { memory, owner, how: 'automatic', before } })
  }
  return draft.emit({ type: 'memory.pinned', data: pin })
}

/** The significance of what is pinned on its own. */
const UNFORGETTABLE = 3

const witnessesOfAll = (owner: EntityId, lines: readonly CitedLine[]): EntityId[] => {
  const [first, ...rest] = lines
  return first
    ? first.witnesses.filter((entity) => rest.every(({ witnesses }) => witnesses.includes(entity)))
    : [owner]
}

const hasWitnessed = (owner: EntityId, lines: readonly CitedLine[]) =>
  lines.every(({ witnesses }) => witnesses.includes(owner))

/** A memory of someone who witnessed every line that it rests on. What matters most is pinned on its own. */
export const addMemory = edit(
  z
    .object({
      owner: EntityId,
      text: Prose,
      source: z.enum(memorySources).default('direct'),
      toldBy: EntityId.nullable().default(null),
      chain: z.array(EntityId).default([]),
      reliability: z.number().min(0).max(1).default(1),
      significance: z.int().min(0).max(UNFORGETTABLE).default(1),
      lines: z.array(CitedLine).default([]),
    })
    .refine(({ source, toldBy }) => (source === 'told') === (toldBy !== null), { path: ['toldBy'] }),
  (draft, { text, lines, ...told }) => {
    const { owner, toldBy } = told
    const { cast, clock, scene } = draft.state()
    if (!isCast(cast, owner) || (toldBy !== null && !isCast(cast, toldBy))) return 'unknown_entity'
    if (!hasWitnessed(owner, lines)) return 'not_witnessed'
    const memory = draft.newId()
    draft.emit({
      type: 'memory.formed',
      data: {
        ...told,
        memory,
        text: draft.text(text),
        witnesses: witnessesOfAll(owner, lines),
        lines: lines.map(({ id }) => id),
        minutes: clock.minutes,
        scene: scene.open && scene.number,
      },
    })
    if (told.significance === UNFORGETTABLE) placePin(draft, { memory, owner, how: 'automatic' })
    return undefined
  },
)

/** Puts other words in a memory's place, or nothing (null): it is forgotten. Its pin goes over to them. */
export const supersedeMemory = edit(
  z.object({ memory: Memory, text: Prose.nullable() }),
  (draft, { memory: before, text }) => {
    const { memory, owner } = before
    const by = text === null ? null : draft.newId()
    if (text !== null && by !== null)
      draft.emit({ type: 'memory.formed', data: { ...before, memory: by, text: draft.text(text) } })
    return draft.emit({ type: 'memory.superseded', data: { memory, owner, by } })
  },
)

const OwnedMemory = z.object({ owner: EntityId, memory: MemoryId })

export const pinMemory = edit(
  OwnedMemory.extend({ how: z.enum(['manual', 'automatic']).default('manual') }),
  (draft, pin) => {
    const { cast, pins } = draft.state()
    if (!isCast(cast, pin.owner)) return 'unknown_entity'
    const known = pinOf(pins, pin.owner, pin.memory)
    if (!known) return placePin(draft, pin)
    if (known.how === 'manual' || pin.how === 'automatic') return 'already_pinned'
    return draft.emit({ type: 'memory.pinned', data: pin })
  },
)

export const unpinMemory = edit(OwnedMemory, (draft, { owner, memory }) => {
  const known = pinOf(draft.state().pins, owner, memory)
  if (!known) return 'not_pinned'
  return draft.emit({
    type: 'memory.unpinned',
    data: { memory, owner, how: 'manual', before: known.how },
  })
})

export const learnFact = edit(
  z.object({ owner: EntityId, text: Prose, lines: z.array(CitedLine).default([]) }),
  (draft, { owner, text, lines }) => {
    if (!isCast(draft.state().cast, owner)) return 'unknown_entity'
    if (!hasWitnessed(owner, lines)) return 'not_witnessed'
    return draft.emit({
      type: 'fact.learned',
      data: { fact: draft.newId(), owner, text: draft.text(text), lines: lines.map(({ id }) => id) },
    })
  },
)
