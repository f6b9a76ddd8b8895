import { castle } from './castle.ts'
import { city } from './city.ts'
import { desert } from './desert.ts'
import { forest } from './forest.ts'
import type { Genre } from './genre.ts'
import { house } from './house.ts'
import { road } from './road.ts'
import { sea } from './sea.ts'
import { space } from './space.ts'
import { tavern } from './tavern.ts'
import { winter } from './winter.ts'

export type { Genre, Thread } from './genre.ts'

/** The first of those that a premise speaks for equally is taken; `road` is for what speaks for none. */
export const genres: readonly Genre[] = [
  sea,
  space,
  winter,
  desert,
  tavern,
  forest,
  castle,
  house,
  city,
  road,
]
export const anyGenre = road
