import type { SpeechAct } from '../read/speech.ts'

/**
 * How a character speaks: first-person speech in quotation marks, gestures between asterisks. `#name#` is the persona
 * that is spoken to, `#self#` the one who speaks. A rule may stand on its own or be followed by more speech.
 */
export const answers: Readonly<Record<SpeechAct, readonly string[]>> = {
  greeting: [
    'There you are. I’d begun to think I’d have to do this by myself.',
    'You made it, #name#. Shut that behind you, would you? It gets ideas.',
    'Evening. You’re earlier than the last one, and you’ve better shoes.',
    'So. #name#. Let me look at you. No, stay in the light.',
  ],
  farewell: [
    'Go, then. If anyone asks, we never got as far as names.',
    'You’ll be back. I don’t say it to be unkind; it’s only what happens.',
    'Mind how you go, #name#. And by the left side, always by the left side.',
  ],
  thanks: [
    'Don’t thank me. I’d have to start adding up what you owe.',
    'You’d have done the same. No? Well. Then thank you for saying so.',
    'Save it, #name#. I haven’t told you the bad part.',
  ],
  apology: [
    'It’s all right. It was broken before; you only found out.',
    'Never mind sorry. Be quick instead.',
    'I’ve had worse apologies from better liars, #name#. We’ll let it stand.',
  ],
  threat: [
    'Put it away. You’re frightened, and I’m tired, and neither of us is going to do it.',
    'Go on, then. But you’ll have to find the way out by yourself, after.',
    'I’ve been threatened by the weather, #name#. You’ll want to speak up.',
  ],
  name: [
    '#self#. It’s the one thing I’ll tell you tonight that you can check.',
    'I’m #self#. There. Now you’ve something to shout when it gets dark.',
    '#self#, to most. You’ll hear other names for me. Some of them I’ve earned.',
  ],
  introduction: [
    '#name#. All right. I’ll try to remember it; I’ve been told I’m better at faces.',
    'That’s a good name. It was a good name the last time somebody gave it me, too.',
    'Then you can call me what everyone calls me. You’ll have heard it by now, and the rest of what they say along with it.',
  ],
  who: [
    'Who? There’s the right question. I know a name, and I know what happens to people who use it.',
    'Someone who was here before any of us. I’ve seen the back of a coat. I’ve not wanted to see the front.',
    'I used to think I knew. Then I saw two of them.',
  ],
  where: [
    'Not far. That’s what frightens me: it’s never far.',
    'You go by #way#, and when you think you’ve missed it, you’re there.',
    'I could draw you a map, #name#. I’d have to draw it from memory, and it’s not my memory.',
  ],
  why: [
    'Why. I asked that too, for about a year. Then I asked what I was going to do about it. You’d do well to skip the year.',
    'Because somebody made a promise and somebody else is keeping it.',
    'I’ll tell you why when I’m sure that you’ll still be here when I’ve finished.',
  ],
  when: [
    'Tonight. I’d have said tomorrow, before you walked in.',
    'It’s been going on longer than I’ve been counting, and I’ve been counting for a good while.',
    'When it goes quiet. You’ll know. You’ll think your ears have stopped.',
  ],
  how: [
    'Carefully. One of us holds the light and the other one doesn’t look.',
    'The way you’d do anything here: you pretend that you’re allowed.',
    'I’ve done it once. I got everything right but one thing, and I’ve still got the mark.',
  ],
  what: [
    'What is it? It’s what you get when nobody says no for long enough.',
    'I’ll tell you what it isn’t. It isn’t an accident.',
    'Something that belongs to me, and that I’d be glad to see the last of. Is that plain enough?',
  ],
  whether: [
    'Ask me something I’m allowed to answer.',
    'Yes. No. You’d have got the one or the other out of me, depending on the day; have both.',
    'I’d like to say so. I’d like that very much.',
    'Would you believe me? Then it doesn’t matter what I say, does it, #name#?',
  ],
  request: [
    'I can do that. I want it noted that I said it was a bad idea.',
    'All right. Stay close, and if I stop, you stop.',
    'Not for nothing, #name#. Nobody here does anything for nothing, and I’m one of the nice ones.',
    'Give me a minute. There’s something I have to put out of sight first.',
  ],
  yes: [
    'Good. Then that’s two of us, and I was ready to do it with one.',
    'You say that very easily. Well, I’ll take it.',
    'Right. No going back on it, mind; I’ve a witness, and it never sleeps.',
  ],
  no: [
    'No? Then I’ve misjudged you. It’s a relief, in a way.',
    'You’re the first who’s said it to my face. I’ll have to think what comes next.',
    'As you like. It’ll ask again, you know. It won’t be me who does the asking.',
  ],
  statement: [
    'Is that what you’ve heard? It’s not wrong. It’s only missing the end.',
    'You’ve thought about this. So have I; mostly at night.',
    'I’d not say that out loud here, #name#. Not twice.',
    'Maybe so. I’ve stopped betting on it either way.',
    'That’s a brave thing to say with your back to the door.',
  ],
}

/** About what was spoken of. Set before or after an answer. */
export const topical: readonly string[] = [
  '#topic.cap#? You’re the third to ask me about that this year. The other two were better armed.',
  'You want to know about #topic#. Everyone does, at first.',
  'I don’t talk about #topic#. I’ll make an exception, and I’ll regret it.',
  'If it’s #topic# you’re after, you’ve come to the right person and at the wrong time.',
  'Leave #topic# out of it. Please. I’m asking nicely.',
  '#topic.cap#. Now there’s a thing I’d hoped to get through tonight without hearing.',
]

/** What the speaker makes of a deed that came without words. */
export const noticing: readonly string[] = [
  'I saw that. I’m not saying anything. I’m saying I saw it.',
  'Careful. It took me years to get this place to sit still.',
  'You don’t ask first, do you? No. I liked that, when I was young.',
  'There’s people would have warned me before doing a thing like that, #name#.',
  'Hm. You’ve done that before.',
  'Slowly. Slowly! There. Now stand where I can see you.',
  'Well, that’s done. I’d wondered who’d be the one to do it.',
  'Don’t mind me. I’m only the one who’ll have to explain it in the morning.',
]
export const noticingThing: readonly string[] = [
  '#object.cap#, of all things. You could have picked anything in the place.',
  'I’d leave #object# alone, if I were you. I’m not you. I notice you haven’t left it alone.',
  'You’ve found #object#, then. I told myself I’d let you.',
  'There’s a story goes with #object#, #name#, and I’m the one who comes off badly in it.',
  'Nobody’s laid a hand on #object# since before my time. How does it feel? No; don’t tell me.',
]

/** How a character opens a scene. */
export const welcomes: readonly string[] = [
  'You’re late, #name#. Or I’m early. One of us has been told the wrong hour, and I don’t think it was a mistake.',
  'So they’ve sent somebody. I asked for three. Well; come in out of it, and don’t stand by the window.',
  'Before you say anything, #name#: I know how this looks.',
  'Good. You can hear it too. I can see by your face that you can hear it too.',
]

/** What a character brings up unasked. `#prop#` is what the story is about, `#trade#` what the speaker is. */
export const asides: readonly string[] = [
  'It all comes back to #prop#, if you follow it far enough. I’ve followed it. I’ve the boots to show for it.',
  'Since #prop# came into it, nobody here says goodnight. They say “until morning”, and they look at each other.',
  'I’m #trade#, not a hero. I’d like that understood before we go any further.',
  'You learn things, being #trade#. Mostly you learn which things to unlearn before breakfast.',
  'My mother used to say that a place like this keeps accounts. She never told me in what coin.',
  'When I was small I could walk through here with my eyes shut. I’d not do it now. I’d not do it with them open, if I had the choice.',
  'There are three people living who know about #prop#. I’m one. The second doesn’t speak any more, and the third is you, or will be.',
  'Listen to that: #sound#. It used to help me sleep.',
  'If it goes wrong, you make for #way#. You don’t wait for me. I mean that; I’ve practised meaning it.',
  'I ought to have left years ago. There was always #prop#, though, and somebody has to stay with a thing like that.',
  'Nobody will tell you this, so I shall: there’s #thing#, hidden, where any fool could find it. I’ve left it there on purpose.',
]

/** How a character hands the word back. */
export const questions: readonly string[] = [
  'What is it you really came for, #name#?',
  'So which is it to be: #way#, or the truth?',
  'Tell me one thing. When you came in, did you count the doors?',
  'Do you trust me? Don’t be polite.',
  'What would you do, in my place?',
  'Are you going to ask me the other thing, or shall I go on pretending that you won’t?',
  'Well? We’ve till the lamp burns down. Say something.',
  'If I showed you, could you keep from telling anyone?',
  'And you, #name#? What did they promise you?',
  'Can you run, if it comes to it?',
  'How much of that did you already know?',
  'Will you stay, if I tell you?',
]

/** Gestures, without a subject, for any temper. */
export const gestures: readonly string[] = [
  'looks up, and takes a moment too long about it',
  'lays one hand flat on #surface# and keeps it there',
  'turns away towards #light#',
  'listens, head tilted, to #sound#',
  'draws a sleeve across #surface#, twice, where once would have done',
  'lets out a breath',
  'glances at the door, then at #name#, then at the door again',
  'picks a splinter out of #surface# and studies it',
  'almost smiles',
  'goes to the window, finds nothing there, and comes back no easier',
  'leans in, voice dropping',
  'counts something off on three fingers and folds them away one by one',
  'stops, quite still, at #sound#; then goes on as if nothing had been heard',
  'rubs both eyes with the heel of one hand',
  'moves the light a little, so that it falls on #name#',
  'says it to #surface# rather than to #name#',
  'lets a silence go by, and then another',
  'wipes both palms down the front of a coat',
  'taps twice on #surface#, as if for luck',
  'looks #name# up and down, and seems to come to a figure',
  'starts to answer, thinks better of it, and begins somewhere else',
  'holds up one finger: wait',
  'hums half a bar of something and breaks off',
  'shrugs, slowly, with one shoulder',
  'turns a ring round and round',
  'peers past #name# into the dark',
  'sits, at last, on #surface#',
  'gets up again without seeming to notice',
  'swallows',
  'speaks very evenly, as one does on ice',
  'nods towards #way#',
  'blows on cold fingers',
]

/** Manners that a persona's words speak for. */
export const tempers: readonly {
  readonly words: string
  readonly gestures: readonly string[]
  readonly tags: readonly string[]
}[] = [
  {
    words:
      'gruff grumpy stern bitter old tough scarred soldier veteran captain blacksmith stubborn keeper sailor mercenary cynical tired weary angry',
    gestures: [
      'grunts',
      'spits to one side',
      'folds both arms',
      'scowls at nothing in particular',
      'snorts, not unkindly',
      'sets down what was in one hand, hard',
    ],
    tags: ['That’s all there is to it.', 'Make of that what you like.', 'And I’ll not say it twice.'],
  },
  {
    words:
      'kind warm cheerful friendly gentle baker innkeeper nurse mother healer jolly merry sunny sweet young bright curious',
    gestures: [
      'beams, and then remembers not to',
      'pats #surface# by way of invitation',
      'laughs under the breath',
      'pushes something hot to drink across, unasked',
      'bounces, once, on both heels',
    ],
    tags: [
      'There. I’ve said it.',
      'Oh, don’t look like that.',
      'You’ll see, it’ll come right. It generally half does.',
    ],
  },
  {
    words:
      'sly rogue thief smuggler spy liar trickster fox cunning charming gambler witch fae con pirate flirt',
    gestures: [
      'walks a coin across four knuckles',
      'smiles with one half of the mouth',
      'examines five fingernails',
      'is suddenly standing rather nearer',
      'winks at nobody',
    ],
    tags: ['Allegedly.', 'You didn’t hear it from me.', 'But then, I would say that.'],
  },
  {
    words: 'shy timid nervous afraid quiet lonely haunted anxious orphan child apprentice ghost lost sad',
    gestures: [
      'flinches at #sound#',
      'twists a loose thread until it parts',
      'speaks so low that it is hardly more than breath',
      'looks at the floor',
      'starts, stops, starts again',
    ],
    tags: ['I think.', 'I shouldn’t have said that.', 'Please don’t tell them that I said so.'],
  },
  {
    words:
      'lord lady noble queen king prince princess butler scholar professor priest wizard mage elf proud elegant formal android robot doctor',
    gestures: [
      'inclines the head by the exact degree required',
      'straightens a cuff',
      'raises one eyebrow and leaves it there',
      'steeples ten fingers',
      'regards #name# as one regards a promising footnote',
    ],
    tags: ['I trust that is clear.', 'One does one’s best.', 'You will forgive me if I do not elaborate.'],
  },
]
