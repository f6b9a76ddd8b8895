import type { Random } from '../random.ts'
import type { Reading } from '../read/prompt.ts'
import * as character from './character.ts'
import { sentences, tidy } from './english.ts'
import * as narrator from './narrator.ts'
import { pen } from './pen.ts'
import { stageOf } from './stage.ts'

/**
 * The next piece of the story, in the voice of whoever speaks. `fits` says whether a text is within the limit: as
 * many whole sentences as fit are kept, and if not even the first does, it is left for the caller to cut.
 */
export const compose = (reading: Reading, random: Random, fits: (text: string) => boolean): string => {
  const stage = stageOf(reading, random)
  const told = reading.moments.filter(({ own }) => own).map(({ text }) => text)
  const own = pen(stage.facts, told, random)
  const { opening, turn } = reading.speaker ? character : narrator
  const draft = (reading.opening ? opening : turn)(stage, own)
  const paragraphs = draft
    .map((paragraph) => tidy(paragraph.filter((sentence) => sentence !== undefined).join(' ')))
    .filter((paragraph) => paragraph !== '')
  return shortened(paragraphs, fits)
}

const shortened = (paragraphs: readonly string[], fits: (text: string) => boolean): string => {
  const whole = paragraphs.join('\n\n')
  if (fits(whole)) return whole
  let kept = ''
  for (const paragraph of paragraphs) {
    let joint = kept === '' ? '' : '\n\n'
    for (const sentence of sentences(paragraph)) {
      const longer = `${kept}${joint}${sentence}`
      if (!fits(longer)) return kept === '' ? whole : kept
      kept = longer
      joint = ' '
    }
  }
  return kept
}
