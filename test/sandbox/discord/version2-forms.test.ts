import { describe, expect, it } from 'vitest'
import { type Answer, flawsAt, type Json, stage } from './stage.ts'
import {
  button,
  container,
  file,
  gallery,
  panel,
  row,
  section,
  select,
  separator,
  thumbnail,
  VERSION_2,
  words,
} from './version2.ts'

const setUp = async () => {
  const on = await stage()
  const path = `/channels/${on.discord.ids.channels.stories}/messages`
  const post = (body: unknown): Promise<Answer> => on.callLater('POST', path, body)
  return { ...on, post }
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const messageAt = ({ body }: Answer, ...path: (string | number)[]): string | undefined => {
  let node: unknown = body.errors
  for (const key of path) node = (node as Json | undefined)?.[key]
  return (node as { _errors?: { message: string }[] } | undefined)?._errors?.[0]?.message
}

describe('a message with IS_COMPONENTS_V2', () => {
  it('is made of components alone, which come back numbered, with their defaults', async () => {
    const { post } = await setUp()
    const sent = await post(
      panel(
        words('# The lake'),
        container(
          [
            section(button('look'), words('Mira'), words('at the shore')),
            separator(),
            row(select('who', ['a', 'b'])),
          ],
          { accent_color: 0x5865f2 },
        ),
        separator({ divider: false, spacing: 2 }),
      ),
    )
    expect(sent).toMatchObject({ status: 200, body: { content: '', embeds: [], flags: VERSION_2 } })
    expect(sent.body.components).toEqual([
      { type: 10, id: 1, content: '# The lake' },
      {
        type: 17,
        id: 2,
        accent_color: 0x5865f2,
        spoiler: false,
        components: [
          {
            type: 9,
            id: 3,
            components: [
              { type: 10, id: 4, content: 'Mira' },
              { type: 10, id: 5, content: 'at the shore' },
            ],
            accessory: { type: 2, id: 6, style: 1, label: 'look', custom_id: 'look' },
          },
          { type: 14, id: 7, divider: true, spacing: 1 },
          {
            type: 1,
            id: 8,
            components: [
              {
                type: 3,
                id: 9,
                custom_id: 'who',
                placeholder: 'who',
                min_values: 1,
                max_values: 1,
                options: [
                  { label: 'a', value: 'a' },
                  { label: 'b', value: 'b' },
                ],
              },
            ],
          },
        ],
      },
      { type: 14, id: 10, divider: false, spacing: 2 },
    ])
  })

  it('keeps the ids that it came with, and numbers the others around them', async () => {
    const { post } = await setUp()
    const sent = await post(panel(words('a'), words('b', { id: 1 }), words('c', { id: 0 })))
    expect(sent.body.components).toMatchObject([{ id: 2 }, { id: 1 }, { id: 3 }])
  })

  it.each([
    ['content', 'Once'],
    ['content', ''],
    ['embeds', [{ title: 'a' }]],
    ['poll', { question: { text: 'a' } }],
    ['sticker_ids', ['12345678901234567']],
  ])('has no %s beside them: %j', async (field, value) => {
    const { post } = await setUp()
    const answer = await post({ ...panel(words('a')), [field]: value })
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } })
    expect(flawsAt(answer, field)).toEqual(['MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2'])
    expect(messageAt(answer, field)).toBe(
      `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    )
  })

  it('may name those fields where they hold nothing', async () => {
    const { post } = await setUp()
    const empty = { content: null, embeds: [], poll: null, sticker_ids: [] }
    expect((await post({ ...panel(words('a')), ...empty })).status).toBe(200)
  })

  it.each([[{ flags: VERSION_2 }], [panel()]])('is not empty (50006): %j', async (body) => {
    const { post } = await setUp()
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 50006 } })
  })

  it('has at most 40 components, those within others and beside them counted', async () => {
    const { post } = await setUp()
    // A container with 12 sections of 3 components each is 37.
    const full = container(times(12, (index) => section(button(`${index}`), words('a'))))
    expect((await post(panel(full, words('a'), words('b'), words('c')))).status).toBe(200)
    const over = await post(panel(full, row(button('x')), words('b'), words('c')))
    expect(flawsAt(over, 'components')).toEqual(['COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED'])
  })

  it('has at most 4,000 characters in all its text displays together', async () => {
    const { post } = await setUp()
    const half = 'x'.repeat(2000)
    expect((await post(panel(words(half), container([words(half)])))).status).toBe(200)
    const over = await post(panel(words(half), container([words(half), words('y')])))
    expect(flawsAt(over, 'components')).toEqual(['COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED'])
    expect(messageAt(over, 'components')).toBe(
      'Components displayable text size exceeds maximum size of 4000',
    )
  })

  it('pings whom its text displays name, as far as allowed_mentions lets it', async () => {
    const { post, discord } = await setUp()
    const { player } = discord.ids.people
    const body = panel(container([words(`<@${player}>`)]))
    expect((await post(body)).body.mentions).toMatchObject([{ id: player }])
    expect((await post({ ...body, allowed_mentions: { parse: [] } })).body.mentions).toEqual([])
  })
})

describe('a message without the flag', () => {
  it.each([9, 10, 11, 12, 13, 14, 17, 4, 18])('has rows alone, and no component of type %i', async (type) => {
    const { post } = await setUp()
    const answer = await post({ content: 'a', components: [{ type, content: 'a' }] })
    expect(flawsAt(answer, 'components', 0)).toEqual(['UNION_TYPE_CHOICES'])
    expect(messageAt(answer, 'components', 0)).toBe('Value of field "type" must be one of (1,).')
  })

  it('has no text displays in its rows either', async () => {
    const { post } = await setUp()
    const answer = await post({ content: 'a', components: [row(words('a'))] })
    expect(flawsAt(answer, 'components', 0, 'components', 0)).toEqual(['UNION_TYPE_CHOICES'])
  })
})

describe('components of version 2', () => {
  const at = (...path: (string | number)[]) => ['components', 0, ...path]
  const withItems = (items: Json[]): Json => ({ type: 12, items })

  it.each<[string, Json, (string | number)[], string]>([
    ['a button outside a row', button('a'), at(), 'UNION_TYPE_CHOICES'],
    ['a thumbnail outside a section', thumbnail('https://a.example/b.png'), at(), 'UNION_TYPE_CHOICES'],
    [
      'a container in a container',
      container([container([words('a')])]),
      at('components', 0),
      'UNION_TYPE_CHOICES',
    ],
    ['a container that holds nothing', container([]), at('components'), 'BASE_TYPE_REQUIRED'],
    [
      'a colour that is none',
      container([words('a')], { accent_color: 0x1000000 }),
      at('accent_color'),
      'NUMBER_TYPE_MAX',
    ],
    ['a section without text', section(button('a')), at('components'), 'BASE_TYPE_REQUIRED'],
    [
      'a section of four texts',
      section(button('a'), ...times(4, () => words('a'))),
      at('components'),
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a section of separators', section(button('a'), separator()), at('components', 0), 'UNION_TYPE_CHOICES'],
    [
      'a section with nothing beside it',
      { type: 9, components: [words('a')] },
      at('accessory'),
      'BASE_TYPE_REQUIRED',
    ],
    ['a section with text beside it', section(words('a'), words('b')), at('accessory'), 'UNION_TYPE_CHOICES'],
    ['a text display without text', words(''), at('content'), 'BASE_TYPE_REQUIRED'],
    ['a text display over 4,000 characters', words('x'.repeat(4001)), at('content'), 'BASE_TYPE_BAD_LENGTH'],
    ['a spacing of 3', separator({ spacing: 3 }), at('spacing'), 'BASE_TYPE_CHOICES'],
    ['a gallery of nothing', gallery(), at('items'), 'BASE_TYPE_REQUIRED'],
    [
      'a gallery of eleven',
      gallery(...times(11, () => 'https://a.example/b.png')),
      at('items'),
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['an address that is none', gallery('b.png'), at('items', 0, 'media', 'url'), 'URL_TYPE_INVALID_URL'],
    [
      'an address of another scheme',
      gallery('ftp://a.example/b.png'),
      at('items', 0, 'media', 'url'),
      'URL_TYPE_INVALID_SCHEME',
    ],
    [
      'a description over 1,024 characters',
      withItems([{ media: { url: 'https://a.example/b.png' }, description: 'd'.repeat(1025) }]),
      at('items', 0, 'description'),
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a file from elsewhere', file('https://a.example/b.txt'), at('file', 'url'), 'URL_TYPE_INVALID_SCHEME'],
    [
      'a select of fewer options than may be chosen',
      row(select('a', ['x'], { max_values: 2 })),
      at('components', 0, 'options'),
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a select that wants more than it takes',
      row(select('a', ['x', 'y'], { min_values: 2 })),
      at('components', 0, 'min_values'),
      'NUMBER_TYPE_MAX',
    ],
  ])('refuse %s', async (_, component, place, code) => {
    const { post } = await setUp()
    const answer = await post(panel(component))
    expect(answer.body.code).toBe(50035)
    expect(flawsAt(answer, ...place)).toEqual([code])
  })

  it('say which kinds may stand where', async () => {
    const { post } = await setUp()
    const wrong = await post(panel(button('a'), container([button('b')]), section(words('a'), button('c'))))
    expect(messageAt(wrong, 'components', 0)).toBe(
      'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).',
    )
    expect(messageAt(wrong, 'components', 1, 'components', 0)).toBe(
      'Value of field "type" must be one of (1, 9, 10, 12, 13, 14).',
    )
    expect(messageAt(wrong, 'components', 2, 'accessory')).toBe(
      'Value of field "type" must be one of (2, 11).',
    )
  })

  it('have each custom id and each id once in the whole message', async () => {
    const { post } = await setUp()
    const twice = await post(panel(row(button('a')), container([section(button('a'), words('b'))])))
    expect(flawsAt(twice, 'components', 1, 'components', 0, 'accessory', 'custom_id')).toEqual([
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ])
    const ids = await post(panel(words('a', { id: 7 }), container([words('b', { id: 7 })])))
    expect(flawsAt(ids, 'components', 1, 'components', 0, 'id')).toEqual(['COMPONENT_ID_DUPLICATED'])
  })

  it.each([5, 6, 7, 8])(
    'say where the sandbox knows less than Discord: a select of type %i is 501',
    async (type) => {
      const { post } = await setUp()
      expect((await post(panel(container([row({ type, custom_id: 'a' })])))).status).toBe(501)
    },
  )
})
