/** What people do in stories, as far as the answer to it differs. */
const verbs = {
  look: 'look watch examine inspect study stare gaze peer observe glance eye scan see notice check view regard squint',
  listen: 'listen hear overhear eavesdrop',
  search: 'search rummage investigate explore probe dig rifle comb hunt seek find scour forage',
  open: 'open unlock unbar unlatch uncover unwrap unseal uncork pry force',
  close: 'close shut lock bar seal latch cover',
  take: 'take grab pick lift steal pocket snatch seize collect gather fetch retrieve catch pull remove',
  arm: 'draw unsheathe brandish aim wield ready cock arm',
  give: 'give offer hand pass show present return pay share lend toss',
  ask: 'ask say tell speak talk whisper answer reply greet question explain mutter murmur inquire beg plead confess demand introduce order',
  call: 'call shout yell scream cry hail holler bellow howl',
  go: 'go walk move head step cross approach enter leave return travel advance wander stride march proceed come follow pass turn',
  sneak: 'sneak creep tiptoe crawl slip slink prowl steal edge',
  climb: 'climb descend ascend scale clamber jump leap vault swing drop',
  flee: 'flee run escape bolt dash retreat sprint hurry rush race',
  attack:
    'attack hit strike punch kick stab slash shoot fight swing fire charge kill cut break smash tackle shove slap bite threaten',
  throw: 'throw fling hurl',
  hide: 'hide duck crouch conceal cower shelter lurk',
  wait: 'wait stay stand pause rest hesitate linger remain hold freeze breathe stop do',
  sit: 'sit lean lie kneel sleep settle recline slump',
  read: 'read decipher translate trace leaf browse',
  light: 'light ignite kindle burn illuminate switch',
  touch: 'touch feel stroke pat press push tap brush reach rub poke grip squeeze caress pet wipe clean',
  knock: 'knock rap pound bang hammer ring',
  drink: 'drink eat sip taste swallow gulp bite chew drain lick smell sniff',
  use: 'use put place set insert wind tie fix repair mend fasten work operate attach pour fill hang activate type write carve mark sew build',
  gesture:
    'smile nod laugh grin shrug frown sigh wink bow wave shake chuckle smirk blush blink scowl salute curtsy giggle snort weep sob shiver tremble shudder yawn cough gasp wince flinch pale raise',
  embrace: 'hug kiss embrace comfort console dance help heal bandage save protect support',
  magic: 'cast conjure summon chant pray channel enchant invoke bless curse meditate concentrate focus',
  play: 'play sing hum whistle strum drum recite',
  think:
    'think remember wonder consider ponder realize recall decide try plan imagine want know feel believe hope count',
} as const

export type DeedKind = keyof typeof verbs | 'other'

const kinds = new Map<string, DeedKind>()
for (const [kind, words] of Object.entries(verbs))
  for (const word of words.split(' ')) if (!kinds.has(word)) kinds.set(word, kind as DeedKind)

/** What kind of deed a verb in its base form is. */
export const kindOf = (verb: string): DeedKind => kinds.get(verb) ?? 'other'
