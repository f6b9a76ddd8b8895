/** So many at a time stay below SQLite's limit of parameters in one statement, however many columns a row has. */
const SIZE = 500

/** Cuts what a statement is to be given into as much as one statement takes. */
export const chunksOf = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / SIZE) }, (_, nth) => all.slice(nth * SIZE, (nth + 1) * SIZE))
