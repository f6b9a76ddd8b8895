import {
  answers,
  asides,
  gestures,
  noticing,
  noticingThing,
  questions,
  tempers,
  topical,
  welcomes,
} from '../words/voice.ts'
import type { Pen } from './pen.ts'
import type { Stage } from './stage.ts'

type Draft = readonly (readonly (string | undefined)[])[]

/** The manner of the speaker: the temper that their persona has most words of. */
const temperOf = ({ reading }: Stage) => {
  // The keeper’s daughter is no keeper.
  const words = (reading.speaker?.persona ?? '')
    .toLowerCase()
    .replace(/\p{L}+[’']s\b/gu, '')
    .match(/\p{L}+/gu)
  const scored = tempers.map((temper) => ({
    temper,
    score: temper.words.split(' ').filter((word) => words?.includes(word)).length,
  }))
  const top = scored.reduce((one, other) => (other.score > one.score ? other : one))
  return top.score > 0 ? top.temper : undefined
}

/** A line of a character: gestures between asterisks, speech between quotation marks. */
const quoted = (...sentences: readonly (string | undefined)[]): string | undefined => {
  const said = sentences.filter((sentence) => sentence !== undefined)
  return said.length === 0 ? undefined : `"${said.join(' ')}"`
}

const voice = (stage: Stage, pen: Pen) => {
  const temper = temperOf(stage)
  const gesture = (): string | undefined => {
    const drawn = pen.again([...(temper?.gestures ?? []), ...gestures])
    return drawn && `*${drawn}*`
  }
  const tag = () => (temper && pen.chance(0.3) ? pen.again(temper.tags) : undefined)
  return { gesture, tag }
}

export const opening = (stage: Stage, pen: Pen): Draft => {
  const { gesture, tag } = voice(stage, pen)
  const scene = [pen.draw(stage.genre.opening), pen.draw(stage.genre.sense)].filter(
    (each) => each !== undefined,
  )
  return [
    [scene.length > 0 ? `*${scene.join(' ')}*` : undefined],
    [gesture(), quoted(pen.draw(welcomes), tag())],
    [gesture(), quoted(pen.draw(asides), pen.draw(questions))],
  ]
}

/** What is said to a greeting or a threat does not turn on what it was about. */
const BEARS_TOPIC = /^(who|what|where|why|when|how|whether|request|statement)$/

/** One or two paragraphs: an answer to what was said or done, then perhaps more, and a question back. */
export const turn = (stage: Stage, pen: Pen): Draft => {
  const { deed, facts, said: mystery, reading } = stage
  const { gesture, tag } = voice(stage, pen)
  const turns = reading.moments.filter(({ own }) => own).length
  const answer = () => {
    if (deed?.speech) {
      const about =
        facts.topic && BEARS_TOPIC.test(deed.speech.act) && pen.chance(0.5) ? pen.draw(topical) : undefined
      const said = pen.draw(answers[deed.speech.act]) ?? pen.draw(answers.statement)
      return pen.chance(0.8) || about === undefined ? [about, said] : [about]
    }
    if (deed?.kind === 'ask' && facts.topic) return [pen.draw(topical) ?? pen.draw(answers.statement)]
    if (deed)
      return [(facts.object && pen.chance(0.7) ? pen.draw(noticingThing) : undefined) ?? pen.draw(noticing)]
    return [pen.draw(asides)]
  }
  const step = turns % 2 === 1 ? pen.next(mystery) : undefined
  const more = step ?? (pen.chance(0.6) ? pen.draw(asides) : undefined)
  const question = pen.chance(0.6) ? pen.draw(questions) : undefined
  const first = [gesture(), quoted(...answer(), tag())]
  if (more === undefined) return [[...first, ...(question ? [gesture(), quoted(question)] : [])]]
  return [first, [gesture(), quoted(more, question)]]
}
