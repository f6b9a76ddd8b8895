import { stemOf, wordsOf } from './terms.ts'

/** English words that stand in whatever is said: they tell nothing of what is meant. */
const WORDS = `
a about above after again all already also always am an and another any anybody anyone anything are as at away back be
because been before being below between both but by came can cannot come could did didnt do does doesnt doing done dont
down during each either else even ever every everybody everyone everything few for from further get gets getting give
given go goes going gone got had hardly has have having he her here hers herself hey him himself his how i if in instead
into is isnt it its itself just kind let lot lots made make makes many may maybe me might mine more most much must
my myself neither never no nobody none nor not nothing now of off oh okay on once one only or other others our ours
ourselves out over own perhaps please quite rather really same say said says she should since so some somebody someone
something still such sure than that the their theirs them themselves then there these they thing things this those though
through to together too toward towards two under until up upon us very was wasnt we well went were what whatever when
where whether which while who whom whose why will with within without would yeah yes yet you your yours yourself`

const STOP_STEMS: ReadonlySet<string> = new Set(wordsOf(WORDS).map(stemOf))

/** Whether a stem tells nothing of what is meant. */
export const isStop = (stem: string): boolean => STOP_STEMS.has(stem)
