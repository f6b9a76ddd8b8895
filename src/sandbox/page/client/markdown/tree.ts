/** A piece of Discord's markdown. Text is only ever text here; nothing in it is markup. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: Style; readonly children: readonly Node[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'fence'; readonly language: string; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Node[] }
  | { readonly kind: 'mention'; readonly of: 'user' | 'role' | 'channel' | 'command'; readonly id: string }
  | { readonly kind: 'time'; readonly seconds: number; readonly style: string }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Node[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly start: number
      readonly items: readonly (readonly Node[])[]
    }

/** What only wraps its children. */
export type Style = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler' | 'quote' | 'subtext' | 'everyone'
