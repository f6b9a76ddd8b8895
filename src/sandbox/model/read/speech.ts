/** What kind of thing a person said, as far as the answer to it differs. */
const acts = {
  farewell: /\b(goodbye|farewell|good night|see you|so long)\b/i,
  greeting: /^\W*(hello|hi|hey|good (morning|evening|day|afternoon)|greetings|well met|hail)\b/i,
  thanks: /\b(thank(s| you)|grateful|much obliged)\b/i,
  apology: /\b(sorry|forgive me|apologi[sz]e|my fault|pardon)\b/i,
  threat:
    /\b((i|we)([’']ll| will| shall|[’']m going to| am going to) kill|kill you\b(?![^.!]*\?)|or else|regret|last chance|warn(ing)? you|don[’']t move|drop (it|the)|back off|hands up|i will hurt|you[’']ll pay)\b/i,
  name: /\b(who (the \w+ )?are you|what([’']s| is) your name|what (are you called|do (they|people) call you))\b/i,
  introduction:
    /\b([Mm]y name is|[Ii] am called|[Cc]all me|[Ii][’']m (?!going|not|sorry|here|looking|just|so|afraid|sure|very|too)[A-Z])/,
  who: /\bwho(m|se|[’']s)?\b[^.!]*\?/i,
  where: /\bwhere\b[^.!]*\?/i,
  why: /\b(why|how come|what for)\b[^.!]*\?/i,
  when: /\b(when|how long|what time)\b[^.!]*\?/i,
  how: /\bhow\b[^.!]*\?/i,
  what: /\b(what|which)\b[^.!]*\?/i,
  whether: /\?/,
  request:
    /^\W*(please|tell|show|give|let|help|come|take|stop|wait|look|listen|follow|open|bring|lead|go|get|leave|stay|keep|hold)\b|\b(i need|i want|we need|we must|we have to|let[’']s|let us)\b/i,
  yes: /^\W*(yes|yeah|aye|of course|agreed|sure|all right|alright|okay|ok|fine|very well|i will|i do)\b/i,
  no: /^\W*(no|nay|never|not|i won[’']t|i don[’']t|i will not|i can[’']t)\b/i,
} as const

export type SpeechAct = keyof typeof acts | 'statement'

export type Speech = {
  readonly words: string
  readonly act: SpeechAct
  /** The last thing spoken of, as the one who hears it would say it: `my brother` becomes `your brother`. */
  readonly topic: string | undefined
}

const turned = (phrase: string): string =>
  phrase.replace(/^(my|your|our)\b/i, (word) => (/^your$/i.test(word) ? 'my' : 'your'))

export const readSpeech = (words: string, phrases: readonly string[]): Speech => {
  const found = Object.entries(acts).find(([, pattern]) => pattern.test(words))
  const phrase = phrases.findLast((each) => !/^(his|her|their|its)\b/i.test(each))
  const topic =
    phrase && turned(/^(The|A|An)\b/.test(phrase) ? phrase.charAt(0).toLowerCase() + phrase.slice(1) : phrase)
  return { words, act: (found?.[0] as SpeechAct | undefined) ?? 'statement', topic }
}
