import { describe, expect, it } from 'vitest'
import { pictureIn, typeByName } from '../../../src/sandbox/discord/media.ts'
import { pngOf } from './stage.ts'

const bytes = (hex: string, length = 32): Buffer => {
  const head = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  return Buffer.concat([head, Buffer.alloc(Math.max(0, length - head.length))])
}

const WEBP = '52494646 00000000 57454250'

describe('a picture', () => {
  it.each<[string, Buffer, object]>([
    ['PNG', pngOf(640, 480), { type: 'image/png', width: 640, height: 480 }],
    ['GIF', bytes('474946383961 8002 e001'), { type: 'image/gif', width: 640, height: 480 }],
    [
      'JPEG, whose size stands behind other segments',
      bytes('ffd8 ffe0 0004 0000 ffc4 0004 0000 ffc2 0011 08 01e0 0280'),
      { type: 'image/jpeg', width: 640, height: 480 },
    ],
    [
      'extended WebP',
      bytes(`${WEBP} 56503858 0a000000 00000000 7f0200 df0100`),
      { type: 'image/webp', width: 640, height: 480 },
    ],
    [
      'lossless WebP',
      bytes(`${WEBP} 5650384c 00000000 2f 7fc27700`),
      { type: 'image/webp', width: 640, height: 480 },
    ],
    [
      'lossy WebP',
      bytes(`${WEBP} 56503820 00000000 000000 9d012a 8002 e001`),
      { type: 'image/webp', width: 640, height: 480 },
    ],
  ])('says its kind and size by its bytes: %s', (_, given, expected) => {
    expect(pictureIn(given)).toEqual(expected)
  })

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['words', Buffer.from('<html>')],
    ['a PNG that ends in its signature', pngOf(1, 1).subarray(0, 12)],
    ['a JPEG that ends before its frame', bytes('ffd8 ffe0 0010', 6)],
    ['a JPEG whose segment leads past its end', bytes('ffd8 ffe0 ffff')],
    ['a WebP of an unknown kind', bytes(`${WEBP} 00000000`)],
  ])('is not what is broken or something else: %s', (_, given) => {
    expect(pictureIn(given)).toBeUndefined()
  })
})

it('a file’s type goes by its name, whatever its case', () => {
  expect(typeByName('Card.JSON')).toBe('application/json; charset=utf-8')
  expect(typeByName('card')).toBeUndefined()
})
