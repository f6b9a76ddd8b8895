import { z } from 'zod'
import { EntityId, LineId, MemoryId, TextId } from './ref.ts'

export const memorySources = ['direct', 'told', 'overheard', 'summary'] as const

/** Who pins: someone by hand, or the rule that what matters most stays in mind. */
const pinnings = ['manual', 'automatic'] as const
export type Pinning = (typeof pinnings)[number]

export const Memory = z.object({
  memory: MemoryId,
  owner: EntityId,
  text: TextId,
  /** Who perceived all that it rests on, its owner among them. */
  witnesses: z.array(EntityId),
  source: z.enum(memorySources),
  /** Whom the owner has it from; null unless the source is `told`. */
  toldBy: EntityId.nullable(),
  /** Of hearsay: from whom they had it who told it, the nearest first. Its owner may know of none of them. */
  chain: z.array(EntityId).default([]),
  reliability: z.number().min(0).max(1),
  significance: z.int().min(0).max(3),
  /** The lines that it rests on, all witnessed by its owner. */
  lines: z.array(LineId),
  /** When in the story's time, and in which scene: null when none was open. */
  minutes: z.int().min(0),
  scene: z.int().min(1).nullable().default(null),
})

/** Memories and known facts are rows that the store keeps from these events. State holds pins alone. */
export const memoryEvents = {
  'memory.formed': Memory,
  /** Hides the memory wherever this event is visible. `by` stands in its place; null: it is forgotten. */
  'memory.superseded': z.object({ memory: MemoryId, owner: EntityId, by: MemoryId.nullable() }),
  'memory.pinned': z.object({ memory: MemoryId, owner: EntityId, how: z.enum(pinnings) }),
  /** Automatic: it made room for another. */
  'memory.unpinned': z.object({
    memory: MemoryId,
    owner: EntityId,
    how: z.enum(pinnings),
    before: z.enum(pinnings),
  }),
  'fact.learned': z.object({
    fact: z.string().min(1),
    owner: EntityId,
    text: TextId,
    lines: z.array(LineId),
  }),
}

export type Memory = z.infer<typeof Memory>
type Superseded = z.infer<(typeof memoryEvents)['memory.superseded']>
export type Pin = z.infer<(typeof memoryEvents)['memory.pinned']>
type Unpinned = z.infer<(typeof memoryEvents)['memory.unpinned']>

/** Memories that always stand before their owner's eyes, those of each owner in the order of their pinning. */
export type Pins = readonly Pin[]

/** How many pins an owner has before automatic ones make room. */
export const PIN_CAP = 8

/** How many pins an owner can have when all of them are set by hand. */
export const PIN_LIMIT = 16

const isPin = ({ memory, owner }: Pick<Pin, 'memory' | 'owner'>) => {
  return (pin: Pin) => pin.memory === memory && pin.owner === owner
}

export const pin = (pins: Pins, pinned: Pin): Pins => [
  ...pins.filter((other) => !isPin(pinned)(other)),
  pinned,
]

export const unpin = (pins: Pins, unpinned: Unpinned): Pins => pins.filter((other) => !isPin(unpinned)(other))

/** What stands in a memory's place keeps its pin. */
export const supersede = (pins: Pins, { memory, owner, by }: Superseded): Pins => {
  if (by === null || pins.some(isPin({ memory: by, owner })))
    return pins.filter((other) => !isPin({ memory, owner })(other))
  return pins.map((other) => (isPin({ memory, owner })(other) ? { ...other, memory: by } : other))
}

export const dropPinsOf = (pins: Pins, owner: EntityId): Pins => pins.filter((pin) => pin.owner !== owner)

export const pinsOf = (pins: Pins, owner: EntityId): Pin[] => pins.filter((pin) => pin.owner === owner)

export const pinOf = (pins: Pins, owner: EntityId, memory: MemoryId): Pin | undefined =>
  pins.find(isPin({ memory, owner }))

/**
 * What a further pin asks of those that its owner has: nothing, that the oldest automatic one makes room, or more
 * than can be had, because pins set by hand never do.
 */
export const roomFor = (pins: Pins, owner: EntityId, how: Pinning): 'free' | 'full' | { evict: Pin } => {
  const own = pinsOf(pins, owner)
  if (own.length < PIN_CAP) return 'free'
  const oldest = own.find((pin) => pin.how === 'automatic')
  if (oldest) return { evict: oldest }
  return how === 'manual' && own.length < PIN_LIMIT ? 'free' : 'full'
}
