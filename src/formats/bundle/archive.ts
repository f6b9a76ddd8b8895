import {
  Unzip,
  type UnzipFile,
  type UnzipFileInfo,
  UnzipInflate,
  unzipSync,
  type Zippable,
  zipSync,
} from 'fflate'
import { faultOf, faulty } from './fault.ts'
import type { Limits } from './limits.ts'

/** Files by their names, in the order in which they are written. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

// A zip keeps local times. The first that it can keep makes the same files give the same bytes wherever it is made.
const MADE = new Date(1980, 0, 1)

/** The same files give the same bytes. */
export const pack = (files: Files): Uint8Array<ArrayBuffer> => {
  const entries: Zippable = {}
  for (const [name, bytes] of files) entries[name] = [bytes, { mtime: MADE }]
  return zipSync(entries)
}

/** Deflate makes of one byte no more than so many. */
const STEEPEST = 1032

/** More entries than these belong to something else. */
const MOST_ENTRIES = 64

/** So little at a time that a bomb goes off in pieces, between which the sizes are checked. */
const PIECE = 2 ** 14

const startsAsZip = (bytes: Uint8Array): boolean =>
  [0x50, 0x4b, 0x03, 0x04].every((byte, index) => bytes[index] === byte)

/** The sizes that a zip says its files have, by their names. Nothing is inflated. */
const sizesIn = (bytes: Uint8Array, limits: Limits): Map<string, number> => {
  const sizes = new Map<string, number>()
  const note = ({ name, size, originalSize }: UnzipFileInfo): false => {
    if (sizes.has(name)) throw faulty('malformed', 'two files of one name')
    if (sizes.size === MOST_ENTRIES) throw faulty('malformed', 'too many files')
    if (originalSize > limits.inflated) throw faulty('too_large', 'a file')
    if (originalSize > size * STEEPEST) throw faulty('malformed', 'an impossible size')
    sizes.set(name, originalSize)
    return false
  }
  try {
    unzipSync(bytes, { filter: note })
  } catch (error) {
    throw faultOf(error) ? error : faulty('cut', 'the list of files at its end', error)
  }
  return sizes
}

/** Collects a file of a size that was said before. Throws as soon as it is not so. */
const collecting = (file: UnzipFile, into: Uint8Array): { isWhole(): boolean } => {
  let length = 0
  file.ondata = (error, piece) => {
    if (error) throw error
    if (length + piece.length > into.length) throw faulty('malformed', 'a file is larger than it says')
    into.set(piece, length)
    length += piece.length
  }
  return { isWhole: () => length === into.length }
}

/**
 * The files of a zip that have one of the names, and the names of those that have not. Never more memory than the
 * limits, whatever the zip says or holds.
 */
export const unpack = (
  bytes: Uint8Array,
  names: readonly string[],
  limits: Limits,
): { readonly files: Files; readonly others: readonly string[] } => {
  if (bytes.length > limits.file) throw faulty('too_large', 'the whole')
  if (!startsAsZip(bytes)) throw faulty('not_a_bundle', 'its first bytes')
  const sizes = sizesIn(bytes, limits)
  const wanted = names.filter((name) => sizes.has(name))
  const total = wanted.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0)
  if (total > limits.inflated) throw faulty('too_large', 'all files together')
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const collected: { isWhole(): boolean }[] = []
  const unzip = new Unzip((file) => {
    if (!wanted.includes(file.name)) return
    if (files.has(file.name)) throw faulty('malformed', 'two files of one name')
    const into = new Uint8Array(sizes.get(file.name) ?? 0)
    files.set(file.name, into)
    collected.push(collecting(file, into))
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += PIECE)
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  } catch (error) {
    throw faultOf(error) ? error : faulty('altered', 'what is compressed', error)
  }
  if (files.size < wanted.length || !collected.every((file) => file.isWhole()))
    throw faulty('altered', 'a file is not whole')
  return { files, others: [...sizes.keys()].filter((name) => !names.includes(name)) }
}
