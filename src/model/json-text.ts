import { jsonrepair } from 'jsonrepair'

type Reader = (text: string) => unknown

type Span = readonly [from: number, to: number]

const count = (text: string, part: string): number => text.split(part).length - 1

/** A list within an object that was cut off is no answer: it would be taken for an object without anything in it. */
const isWithin = (text: string, [list]: Span, [object]: Span): boolean => {
  const before = object >= 0 && object < list ? text.slice(object, list) : ''
  return count(before, '{') > count(before, '}')
}

/** From the first opening bracket to the last closing one, the outermost kind of bracket first. */
const spans = (text: string): string[] => {
  const spanOf = (open: string, close: string): Span => [text.indexOf(open), text.lastIndexOf(close)]
  const [object, list] = [spanOf('{', '}'), spanOf('[', ']')]
  return (isWithin(text, list, object) ? [object] : [object, list])
    .filter(([from]) => from >= 0)
    .sort(([one], [other]) => one - other)
    .map(([from, to]) => (to > from ? text.slice(from, to + 1) : text.slice(from)))
}

const read = (text: string, reader: Reader): unknown[] => {
  try {
    return [reader(text)]
  } catch {
    return []
  }
}

const mend: Reader = (text) => JSON.parse(jsonrepair(text))

/**
 * What a model's text can be read as, the likeliest first: models put JSON in fences and between sentences, and
 * forget quotes and commas. `whole`: the model had come to its end. What was cut off is never mended: half a
 * sentence would be taken for a whole one.
 */
export const readings = (text: string, whole: boolean): unknown[] => {
  const parts = spans(text)
  return [
    ...read(text, JSON.parse),
    ...parts.flatMap((part) => read(part, JSON.parse)),
    ...(whole ? parts.flatMap((part) => read(part, mend)) : []),
  ]
}

const DECLINES =
  /\b(i['’]?m|i am|we are|we['’]re) (very |so |really )?(sorry|unable|not able|not allowed)|\b(i|we) (can['’]?t|cannot|can not|won['’]t|will not|must decline|have to decline)\b|\bas an? (ai|language model)\b|\bunable to (help|assist|comply|continue)\b|\bagainst (my|our|the) (policy|policies|guidelines)\b/i

/** Whether a text without JSON says no. It knows English only: another no is text like any other. */
export const declines = (text: string): boolean => DECLINES.test(text)
