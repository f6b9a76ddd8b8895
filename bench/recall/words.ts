/** What stories are made of: each entry lists words that people use for the same. The first is what is told. */

export const NAMES = [
  'Mira',
  'Jonas',
  'Adela',
  'Corin',
  'Sunniva',
  'Bertram',
  'Ilse',
  'Tomas',
  'Wren',
  'Osric',
]

export const PLACES = [
  ['mill', 'watermill'],
  ['harbour', 'port'],
  ['chapel', 'church'],
  ['market'],
  ['tannery'],
  ['north gate', 'gate'],
  ['lighthouse', 'light tower'],
  ['quarry'],
  ['inn', 'tavern'],
  ['orchard'],
  ['old bridge', 'bridge'],
  ['bathhouse'],
  ['granary', 'barn'],
  ['graveyard', 'cemetery'],
  ['forge', 'smithy'],
  ['archive', 'library'],
] as const

export const THINGS = [
  ['boat', 'skiff'],
  ['lantern', 'lamp'],
  ['silver ring', 'ring'],
  ['letter', 'note'],
  ['mule', 'donkey'],
  ['map', 'chart'],
  ['fiddle', 'violin'],
  ['knife', 'blade'],
  ['cloak', 'coat'],
  ['barrel of cider', 'cider'],
  ['clay jar', 'jar'],
  ['hound', 'dog'],
  ['iron key', 'key'],
  ['painting', 'picture'],
  ['prayer book', 'book'],
  ['pair of boots', 'boots'],
  ['sack of flour', 'flour'],
  ['bronze bell', 'bell'],
  ['wool blanket', 'blanket'],
  ['fishing net', 'net'],
  ['beehive', 'bees'],
  ['rope ladder', 'ladder'],
  ['glass eye'],
  ['music box'],
  ['saddle'],
  ['chess set', 'chess'],
] as const

/** What someone can do with a thing: as it was done, and as it is asked about. */
export const DEEDS = [
  { told: 'bought', asked: 'buy', other: 'get' },
  { told: 'sold', asked: 'sell', other: 'get rid of' },
  { told: 'lost', asked: 'lose', other: 'misplace' },
  { told: 'found', asked: 'find', other: 'come across' },
  { told: 'hid', asked: 'hide', other: 'put away' },
  { told: 'repaired', asked: 'repair', other: 'mend' },
  { told: 'stole', asked: 'steal', other: 'take' },
  { told: 'borrowed', asked: 'borrow', other: 'have on loan' },
  { told: 'broke', asked: 'break', other: 'damage' },
  { told: 'carved my name into', asked: 'carve', other: 'mark' },
  { told: 'traded away', asked: 'trade', other: 'swap' },
  { told: 'buried', asked: 'bury', other: 'dig in' },
  { told: 'painted', asked: 'paint', other: 'colour' },
  { told: 'gave away', asked: 'give', other: 'part with' },
] as const

/** What people have been through and are, apart from things. */
export const MATTERS = [
  { told: 'My sister married a ferryman', about: ['sister', 'wedding', 'married'] },
  { told: 'I have been afraid of deep water since I nearly drowned', about: ['afraid', 'water', 'fear'] },
  { told: 'My father taught me to read the stars', about: ['father', 'stars', 'learn'] },
  { told: 'I owe the miller forty crowns', about: ['owe', 'debt', 'crowns'] },
  { told: 'I am learning to play the drum for the harvest feast', about: ['drum', 'feast', 'music'] },
  { told: 'My leg was broken in the siege and never healed', about: ['leg', 'siege', 'wound'] },
  { told: 'I dream of opening a bakery by the sea', about: ['bakery', 'dream', 'sea'] },
  { told: 'My brother deserted from the garrison', about: ['brother', 'garrison', 'deserted'] },
  { told: 'I swore never to drink again', about: ['swore', 'drink', 'oath'] },
  { told: 'My grandmother was a healer in the hills', about: ['grandmother', 'healer', 'hills'] },
  { told: 'I was a sailor for six winters', about: ['sailor', 'winters', 'ship'] },
  { told: 'I cannot stand the smell of fish', about: ['smell', 'fish'] },
  { told: 'I saw wolves close to the village', about: ['wolves', 'village', 'saw'] },
  { told: 'My roof leaks and the carpenter will not come', about: ['roof', 'carpenter', 'leaks'] },
  { told: 'I am teaching the smith’s daughter to write', about: ['teaching', 'daughter', 'write'] },
  { told: 'I was turned away by the guild of weavers', about: ['guild', 'weavers', 'turned'] },
] as const

export const COLOURS = [
  'red',
  'blue',
  'old',
  'heavy',
  'small',
  'cracked',
  'splendid',
  'cheap',
  'foreign',
  'green',
]

export const TIMES = [
  'yesterday',
  'last night',
  'two days ago',
  'last week',
  'this morning',
  'at the last full moon',
  'on market day',
  'in spring',
]

export const REASONS = [
  'because the winter was hard',
  'for my mother',
  'so that nobody would ask questions',
  'and nobody saw me',
  'though it cost me dearly',
  'because I had promised it',
  'and I regret it',
  'to settle an old quarrel',
]

export const REACTIONS = [
  'That is quite something.',
  'You never told me that!',
  'I am glad to hear it.',
  'Oh, that must have been hard.',
  'I had no idea.',
  'Good for you.',
  'And you say that so calmly?',
]

export const CHATTER = [
  'It is getting late, and the fire is low.',
  'Pass me the bread, would you?',
  'The rain will not stop before dawn.',
  'I slept badly, to be honest.',
  'Have you seen how crowded the square is today?',
  'Let us not speak of it here.',
  'We should leave before they ring the bells.',
  'I could do with something warm to eat.',
  'How have you been these days?',
  'Somebody is coming up the stairs.',
  'You look well. The road has been kind to you.',
  'What a night. I can hardly feel my hands.',
  'Let us find a quiet corner and talk.',
  'I always liked this place.',
]
