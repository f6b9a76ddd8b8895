import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { answerReader } from '../../src/model/reasoning.ts'
import { caller, collect, openCapabilities, openLayer, prose, writeOver } from './layer.ts'
import { chunk, scriptedProvider, stream } from './provider.ts'

type Read = { readonly shown: string; readonly text: string; readonly first: boolean | undefined }

const read = (pieces: readonly string[], { known = false, whole = true } = {}): Read => {
  const reader = answerReader(known)
  const shown = pieces.map(reader.take).join('') + reader.end(whole)
  return { shown, text: reader.text(), first: reader.reasonedFirst() }
}

/** Cuts a text at any places. */
const cut = (text: string, at: readonly number[]): string[] => {
  const places = [0, ...at.map((each) => each % (text.length + 1)), text.length].sort((a, b) => a - b)
  return places.slice(1).map((end, index) => text.slice(places[index], end))
}

const anyCut = fc.array(fc.nat())
const plain = fc.string().filter((text) => !/<\/?[trh]/i.test(text))

describe('what of a stream is answer', () => {
  const cases: [name: string, pieces: string[], answer: string][] = [
    ['text without tags', ['The door', ' opens.'], 'The door opens.'],
    ['a block before the text', ['<think>Who?</think>The door.'], 'The door.'],
    ['white space before the block and the text', ['\n <think>\nWho?\n</think>\n\nThe door.\n'], 'The door.'],
    ['tags split over pieces', ['<th', 'ink>no</th', 'ink>', 'Yes.'], 'Yes.'],
    ['two blocks', ['<think>a</think><think>b</think>Yes.'], 'Yes.'],
    ['another name', ['<thinking>a</thinking>Yes.'], 'Yes.'],
    ['capitals', ['<THINK>a</Think>Yes.'], 'Yes.'],
    ['a block that is never closed', ['<think>The door', ' opens.'], ''],
    ['half an opening tag at the end', ['<thi'], ''],
    ['a tag later on is text', ['Yes. <think>no</think>'], 'Yes. <think>no</think>'],
    ['an angle bracket at the start is text', ['<3 Ada'], '<3 Ada'],
    ['an angle bracket at the end is text', ['1 <'], '1 <'],
    ['a word that begins like a tag', ['<thinking about it>'], '<thinking about it>'],
    ['only white space', [' \n', '\n'], ''],
    ['white space between words', ['a ', ' ', ' b'], 'a   b'],
  ]
  for (const [name, pieces, answer] of cases) {
    test(name, () => expect(read(pieces)).toMatchObject({ shown: answer, text: answer }))
  }

  test('does not depend on where the stream is cut', () => {
    const tag = fc.constantFrom('think', 'thinking', 'reasoning')
    fc.assert(
      fc.property(tag, plain, plain, anyCut, (name, thought, text, at) => {
        const answer = `.${text}`
        const pieces = cut(`\n<${name}>${thought}</${name}>\n${answer}`, at)
        expect(read(pieces)).toMatchObject({ shown: answer.trim(), text: answer.trim() })
      }),
    )
  })

  test('text without an opening tag is kept as it is, but for its ends', () => {
    fc.assert(
      fc.property(fc.string(), anyCut, (text, at) => {
        fc.pre(!text.trimStart().startsWith('<') && !/<\//.test(text))
        expect(read(cut(text, at)).text).toBe(text.trim())
      }),
    )
  })
})

describe('reasoning that was never opened', () => {
  test('is taken back once it is closed, and said of the model', () => {
    expect(read(['Hm, who?\n</thi', 'nk>\n\nThe door.'])).toEqual({
      ...{ shown: 'Hm, who?The door.', text: 'The door.' },
      first: true,
    })
  })

  test('is taken back wherever the stream is cut, and its tag never shown', () => {
    fc.assert(
      fc.property(plain, plain, anyCut, (thought, text, at) => {
        const { shown, text: answer } = read(cut(`.${thought}</think>\n.${text}`, at))
        expect(answer).toBe(`.${text}`.trim())
        expect(shown).not.toContain('</think>')
      }),
    )
  })

  test('is held back where it is known of the model', () => {
    const pieces = ['Hm, who?', '\n</think>\n\nThe', ' door.']
    expect(read(pieces, { known: true })).toEqual({ shown: 'The door.', text: 'The door.', first: true })
  })

  test('is opened by a model of which that is known, all the same', () => {
    expect(read(['<think>Hm</think>The door.'], { known: true }).shown).toBe('The door.')
  })

  test('that a model did without gives the answer at its end, and is no longer expected', () => {
    expect(read(['The', ' door.'], { known: true })).toEqual({
      ...{ shown: 'The door.', text: 'The door.' },
      first: false,
    })
  })

  test('that was broken off gives nothing', () => {
    expect(read(['Hm, wh'], { known: true, whole: false })).toEqual({ shown: '', text: '', first: undefined })
  })
})

describe('a model that reasons first', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const reply = stream(chunk({ content: 'Hm.' }), chunk({ content: '</think>\nYes.' }), chunk({}, 'stop'))

  test('is found out by its first answer, and shows no reasoning from the second on', async () => {
    const provider = await scriptedProvider(reply)
    closing.push(provider.close)
    const layer = await openLayer({ home: provider })
    expect(await writeOver(layer)).toMatchObject({ shown: 'Hm.Yes.', text: 'Yes.' })
    expect(await writeOver(layer)).toMatchObject({ shown: 'Yes.', text: 'Yes.' })
    expect(layer.capabilities.kept).toMatchObject({ home: { m: { reasonsFirst: true } } })
  })

  test('that was found out before a restart shows none at all', async () => {
    const provider = await scriptedProvider(reply)
    closing.push(provider.close)
    const capabilities = openCapabilities({ home: { m: { reasonsFirst: true } } })
    const { models } = await openLayer({ home: provider }, { capabilities })
    expect((await collect(models.write(caller(), prose()))).shown).toBe('Yes.')
  })
})
