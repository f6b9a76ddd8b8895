import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** A value as compressed JSON. */
export const pack = (value: unknown): Promise<Uint8Array> => compress(JSON.stringify(value))

/** What `pack` was given. */
export const unpack = async (packed: Uint8Array): Promise<unknown> =>
  JSON.parse((await decompress(packed)).toString())
