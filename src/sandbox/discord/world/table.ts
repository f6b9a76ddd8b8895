import { byAge } from '../snowflake.ts'
import type { Rows } from './rows.ts'

/** Entities of one kind: a Map to work on, written through to the rows. Entities are replaced, never changed. */
export type Table<T> = {
  get(id: string): T | undefined
  put(id: string, entity: T): T
  delete(id: string): void
  all(): T[]
}

// The rows hold what this same code wrote, so their shape is trusted.
const loadMap = <T>(rows: Rows, kind: string): Map<string, T> =>
  new Map(
    rows
      .load(kind)
      .sort((a, b) => byAge(a.id, b.id))
      .map(({ id, value }) => [id, value as T]),
  )

export const createTable = <T>(rows: Rows, kind: string): Table<T> => {
  const map = loadMap<T>(rows, kind)
  return {
    get: (id) => map.get(id),
    put: (id, entity) => {
      map.set(id, entity)
      rows.save(kind, id, entity)
      return entity
    },
    delete: (id) => {
      if (map.delete(id)) rows.remove(kind, id)
    },
    all: () => [...map.values()],
  }
}

/** Entities that live in a channel, oldest first. */
export type ChannelTable<T> = {
  get(channel: string, id: string): T | undefined
  put(channel: string, id: string, entity: T): T
  delete(channel: string, id: string): void
  in(channel: string): ReadonlyMap<string, T>
  channels(): Iterable<string>
}

export const createChannelTable = <T>(rows: Rows, kind: string): ChannelTable<T> => {
  const maps = new Map<string, Map<string, T>>()
  const mapOf = (channel: string) => {
    const map = maps.get(channel) ?? new Map<string, T>()
    maps.set(channel, map)
    return map
  }
  const key = (channel: string, id: string) => `${channel}/${id}`
  const loaded = rows.load(kind).map(({ id, value }) => {
    const [channel = '', own = ''] = id.split('/')
    return { channel, own, value: value as T }
  })
  for (const { channel, own, value } of loaded.sort((a, b) => byAge(a.own, b.own))) {
    mapOf(channel).set(own, value)
  }
  return {
    get: (channel, id) => maps.get(channel)?.get(id),
    put: (channel, id, entity) => {
      mapOf(channel).set(id, entity)
      rows.save(kind, key(channel, id), entity)
      return entity
    },
    delete: (channel, id) => {
      if (maps.get(channel)?.delete(id)) rows.remove(kind, key(channel, id))
    },
    in: (channel) => maps.get(channel) ?? new Map<string, T>(),
    channels: () => maps.keys(),
  }
}
