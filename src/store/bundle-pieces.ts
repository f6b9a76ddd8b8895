import type { BundleFault, StoryBundle } from '../formats/bundle.ts'

/** Some rows of a story, on the way from one thread to another. */
export type Piece = { readonly part: keyof StoryBundle; readonly rows: readonly unknown[] }

/** What the thread of the codec is asked for. A story to be written follows in pieces, then `end`. */
export type CodecJob = { readonly job: 'read'; readonly bytes: Uint8Array } | { readonly job: 'write' }

/** What comes back: a story in pieces, each of which is asked for, then `end`; a fault; or a file. */
export type FromCodec =
  | Piece
  | 'end'
  | { readonly fault: BundleFault; readonly where: string }
  | { readonly bytes: Uint8Array<ArrayBuffer> }

/** So many rows are copied before everybody else has a turn. */
const PIECE = 500

export function* piecesOf(story: StoryBundle): Generator<Piece> {
  for (const [part, rows] of Object.entries(story) as [keyof StoryBundle, readonly unknown[]][])
    for (let at = 0; at < rows.length; at += PIECE) yield { part, rows: rows.slice(at, at + PIECE) }
}

/** Puts a story together again. */
export const gathering = () => {
  const story: Record<keyof StoryBundle, unknown[]> = {
    strands: [],
    branches: [],
    moves: [],
    events: [],
    texts: [],
    settings: [],
  }
  return {
    add: ({ part, rows }: Piece): void => {
      story[part].push(...rows)
    },
    // Its rows come from a story on the other side.
    whole: () => story as StoryBundle,
  }
}
