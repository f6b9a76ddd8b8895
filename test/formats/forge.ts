import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate, zipSync } from 'fflate'
import { LIMITS, type Limits } from '../../src/formats/bundle/limits.ts'
import {
  type BundleFault,
  faultOf,
  readBundle,
  type StoryBundle,
  writeBundle,
} from '../../src/formats/bundle.ts'
import { sha256, smallStory } from './story.ts'

export const story = smallStory()
export const bundle = writeBundle(story, sha256)

export type Read = { readonly story: StoryBundle } | { readonly fault: BundleFault }

/** What comes of reading bytes. Whatever they are, it is a story or one of the faults. */
export const read = (bytes: Uint8Array, limits: Limits = LIMITS): Read => {
  try {
    return { story: readBundle(bytes, sha256, limits) }
  } catch (error) {
    const fault = faultOf(error)
    if (!fault) throw error
    return { fault }
  }
}

export type Texts = Record<string, string>
type Manifest = { digests: Record<string, string>; counts: Record<string, number> } & Record<string, unknown>

export const textsOf = (bytes: Uint8Array): Texts =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, file]) => [name, strFromU8(file)]))
export const zipped = (texts: Texts) =>
  zipSync(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])))

export const manifestOf = (texts: Texts) => JSON.parse(texts['manifest.json'] ?? '') as Manifest

/** A bundle in which files are written otherwise, under digests and counts that fit them. */
export const forged = (change: (texts: Texts) => void): Uint8Array => {
  const texts = textsOf(bundle)
  change(texts)
  const manifest = manifestOf(texts)
  for (const part of Object.keys(manifest.digests)) {
    const text = texts[`${part}.json`] ?? texts[`${part}.jsonl`] ?? ''
    manifest.digests[part] = sha256(strToU8(text))
    manifest.counts[part] = texts[`${part}.json`] ? JSON.parse(text).length : text.split('\n').length - 1
  }
  return zipped({ ...texts, 'manifest.json': JSON.stringify(manifest) })
}

/** A bundle whose manifest is written otherwise. */
export const declaring = (change: object) => {
  const texts = textsOf(bundle)
  return zipped({ ...texts, 'manifest.json': JSON.stringify({ ...manifestOf(texts), ...change }) })
}

/** The story with something else in it, as someone else might write it. */
export const written = (change: Partial<Record<keyof StoryBundle, readonly unknown[]>>) =>
  forged((texts) => {
    for (const [part, rows] of Object.entries(change)) {
      const isList = part !== 'events' && part !== 'texts'
      texts[isList ? `${part}.json` : `${part}.jsonl`] = isList
        ? JSON.stringify(rows)
        : rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    }
  })

/** The same bundle, saying in both places where a zip says it that a file has another size when inflated. */
export const claiming = (name: string, size: number, packed = bundle): Uint8Array => {
  const bytes = packed.slice()
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < bytes.length - 46; at += 1) {
    const signature = view.getUint32(at, true)
    const header = signature === 0x04034b50 ? 30 : signature === 0x02014b50 ? 46 : 0
    if (header && strFromU8(bytes.subarray(at + header, at + header + name.length)) === name)
      view.setUint32(at + (header === 30 ? 22 : 24), size, true)
  }
  return bytes
}

export const streamed = (...entries: readonly (readonly [string, string])[]): Uint8Array => {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(piece)
  })
  for (const [name, text] of entries) {
    const file = new ZipDeflate(name)
    zip.add(file)
    file.push(strToU8(text), true)
  }
  zip.end()
  return Buffer.concat(pieces)
}
