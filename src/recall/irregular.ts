/** English words whose forms no rule leads back: what each comes from, then its other forms. */
const FORMS = `
arise arose arisen; be was were been am is are; bear bore borne born; beat beaten; become became; begin began begun;
bend bent; bet; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought;
build built; burn burnt; burst; buy bought; catch caught; choose chose chosen; cling clung; come came; cost; creep crept;
cut; deal dealt; dig dug; do did done does; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven;
eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fling flung; fly flew flown;
forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten;
give gave given; go went gone goes; grind ground; grow grew grown; hang hung; have had has; hear heard; hide hid hidden;
hit; hold held; hurt; keep kept; kneel knelt; know knew known; lay laid; lead led; lean leant; leap leapt; learn learnt;
leave left; lend lent; let; light lit; lose lost; make made; mean meant; meet met; mistake mistook mistaken; pay paid;
put; read; ride rode ridden; ring rang rung; rise rose risen; run ran; say said says; see saw seen; seek sought;
sell sold; send sent; set; sew sewn; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; shut;
sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep slept; slide slid; smell smelt; sow sown;
speak spoke spoken; spend spent; spill spilt; spin spun; split; spread; spring sprang sprung; stand stood;
steal stole stolen; stick stuck; sting stung; stink stank stunk; stride strode; strike struck stricken; swear swore sworn;
sweep swept; swell swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told;
think thought; throw threw thrown; tread trod trodden; understand understood; undo undid undone; wake woke woken;
wear wore worn; weave wove woven; weep wept; win won; wind wound; withdraw withdrew withdrawn; write wrote written;
child children; foot feet; goose geese; knife knives; leaf leaves; life lives; loaf loaves; man men; mouse mice;
ox oxen; person people; shelf shelves; thief thieves; tooth teeth; wife wives; wolf wolves; woman women;
good better best; bad worse worst; far further farther`

/** What an irregular form comes from, by the form. */
export const IRREGULAR: ReadonlyMap<string, string> = new Map(
  FORMS.split(';').flatMap((row) => {
    const [base = '', ...forms] = row.trim().split(/\s+/u)
    return forms.map((form) => [form, base] as const)
  }),
)
