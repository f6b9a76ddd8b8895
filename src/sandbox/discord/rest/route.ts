import type { Upload } from '../forms/attachment.ts'
import type { PrivilegedIntents } from '../settings.ts'
import type { World } from '../world/world.ts'
import type { BucketName, SublimitName } from './rate-limits.ts'

/** One request of the application, as a route's handler sees it. */
export type Call = {
  readonly world: World
  /** The bot that asks. */
  readonly me: string
  readonly privileged: PrivilegedIntents
  readonly gatewayUrl: string
  /** The path's parameter; those named `…_id` have been checked to be snowflakes. */
  readonly param: (name: string) => string
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: unknown
  /** Those that came with the body. */
  readonly files: readonly Upload[]
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v10, with parameters in braces as Discord's documentation writes them. */
  readonly path: string
  /** Interaction callbacks have none. */
  readonly bucket?: BucketName
  /** The hidden limit that this request also counts against, and by what id. */
  readonly sublimit?: (call: Call) => readonly [name: SublimitName, of: string] | undefined
  /** Interaction routes carry their token in the path instead of a header, and are not counted globally. */
  readonly tokenInPath?: true
  /** Of a success that has a body; 204 when the handler gives nothing. */
  readonly status?: number
  readonly run: (call: Call) => unknown
}
