import { type APIAttachment, type APIEmbed, MessageFlags } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import {
  addressOf,
  altText,
  fileOf,
  filesBeneath,
  fitted,
  isPicture,
} from '../../../src/sandbox/page/client/attachments.ts'
import { fileSize } from '../../../src/sandbox/page/client/format.ts'
import { message } from './scripted.ts'

const file = (filename: string, more: Partial<APIAttachment> = {}): APIAttachment => ({
  id: filename,
  filename,
  size: 1,
  url: `http://127.0.0.1/${filename}`,
  proxy_url: `http://127.0.0.1/${filename}`,
  ...more,
})

it.each([
  [file('a.png', { content_type: 'image/png' }), true],
  [file('a.bin', { content_type: 'image/webp' }), true],
  [file('a.png', { content_type: 'text/plain' }), false],
  [file('a.svg', { content_type: 'image/svg+xml' }), false],
  [file('A.JPG'), true],
  [file('a.md'), false],
])('$filename of type $content_type: a picture? %s', (attachment, shown) =>
  expect(isPicture(attachment)).toBe(shown),
)

it('says what a picture shows, or else its name', () => {
  expect(altText(file('a.png', { description: 'A lake' }))).toBe('A lake')
  expect(altText(file('a.png', { description: '' }))).toBe('a.png')
})

it.each([
  [
    { width: 1200, height: 800 },
    { width: 400, height: 267 },
  ],
  [
    { width: 300, height: 3000 },
    { width: 30, height: 300 },
  ],
  [
    { width: 20, height: 10 },
    { width: 20, height: 10 },
  ],
  [
    { width: 9000, height: 1 },
    { width: 400, height: 1 },
  ],
  [{ width: null, height: null }, undefined],
])('fits %j into its bounds', (size, shown) => expect(fitted(size)).toEqual(shown))

describe('the files of an embed', () => {
  const files = [file('portrait.png'), file('notes.md')]

  it.each([
    ['attachment://portrait.png', 'http://127.0.0.1/portrait.png'],
    ['http://127.0.0.1/portrait.png', 'http://127.0.0.1/portrait.png'],
    ['http://elsewhere.test/a.png', 'http://elsewhere.test/a.png'],
    ['attachment://gone.png', undefined],
    [undefined, undefined],
  ])('%s is at %s', (url, address) => expect(addressOf(url, files)).toBe(address))

  it.each<[string, APIEmbed]>([
    ['image', { image: { url: 'attachment://portrait.png' } }],
    ['thumbnail', { thumbnail: { url: 'http://127.0.0.1/portrait.png' } }],
    ['author', { author: { name: 'Cast', icon_url: 'attachment://portrait.png' } }],
    ['footer', { footer: { text: 'Foot', icon_url: 'attachment://portrait.png' } }],
  ])('are not shown a second time beneath the message: %s', (_part, embed) =>
    expect(
      filesBeneath(message({ attachments: files, embeds: [embed] })).map(({ filename }) => filename),
    ).toEqual(['notes.md']),
  )
})

it('shows none beneath a message of components, which has them where they belong', () => {
  const attachments = [file('notes.md')]
  expect(filesBeneath(message({ attachments, flags: MessageFlags.IsComponentsV2 }))).toEqual([])
})

it('takes the name of what a component shows from its address, where it is told none', () => {
  const media = { url: '/attachments/1/2/fox.png?ex=1', width: 8, height: 6 }
  expect(fileOf(media, { description: 'A fox' })).toMatchObject({
    filename: 'fox.png',
    description: 'A fox',
    width: 8,
    height: 6,
  })
  expect(fileOf(media, { filename: 'Fox.png', size: 5 })).toMatchObject({ filename: 'Fox.png', size: 5 })
})

it.each([
  [0, '0 bytes'],
  [812, '812 bytes'],
  [1_024, '1.0 KB'],
  [12_345, '12 KB'],
  [1_258_291, '1.2 MB'],
])('writes %i bytes as %s', (bytes, text) => expect(fileSize(bytes)).toBe(text))
