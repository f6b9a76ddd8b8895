import '@skyra/discord-components-core/discord-action-row.js'
import '@skyra/discord-components-core/discord-embed-description.js'
import '@skyra/discord-components-core/discord-embed-fields.js'
import '@skyra/discord-components-core/discord-list-item.js'
import '@skyra/discord-components-core/discord-ordered-list.js'
import '@skyra/discord-components-core/discord-reactions.js'
import '@skyra/discord-components-core/discord-time.js'
import '@skyra/discord-components-core/discord-unordered-list.js'
import { DiscordAuthorInfo } from '@skyra/discord-components-core/discord-author-info.js'
import { DiscordButton } from '@skyra/discord-components-core/discord-button.js'
import { DiscordCode } from '@skyra/discord-components-core/discord-code.js'
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js'
import { DiscordEmbedField } from '@skyra/discord-components-core/discord-embed-field.js'
import { DiscordEmbedFooter } from '@skyra/discord-components-core/discord-embed-footer.js'
import { DiscordHeader } from '@skyra/discord-components-core/discord-header.js'
import { DiscordLink } from '@skyra/discord-components-core/discord-link.js'
import { DiscordMention } from '@skyra/discord-components-core/discord-mention.js'
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js'
import { DiscordMessages } from '@skyra/discord-components-core/discord-messages.js'
import { DiscordPre } from '@skyra/discord-components-core/discord-pre.js'
import { DiscordQuote } from '@skyra/discord-components-core/discord-quote.js'
import { DiscordReaction } from '@skyra/discord-components-core/discord-reaction.js'
import { DiscordReply } from '@skyra/discord-components-core/discord-reply.js'
import { DiscordSpoiler } from '@skyra/discord-components-core/discord-spoiler.js'
import { DiscordSubscript } from '@skyra/discord-components-core/discord-subscript.js'
import { DiscordSystemMessage } from '@skyra/discord-components-core/discord-system-message.js'
import { DiscordThread } from '@skyra/discord-components-core/discord-thread.js'
import { DiscordVerifiedAuthorTag } from '@skyra/discord-components-core/discord-verified-author-tag.js'
import { type CSSResult, css, type LitElement } from 'lit'

/**
 * The library draws Discord of some years ago, in two fixed palettes of which several greys miss a contrast of
 * 4.5. These rules go behind its own in each component's shadow root and take the page's colours instead.
 */
const OVERRIDES: readonly (readonly [typeof LitElement, CSSResult])[] = [
  [
    DiscordMessages,
    css`:host, :host([light-theme]) { color: var(--text); background: none; border: 0; font-family: var(--font); line-height: 1.375 }`,
  ],
  [
    DiscordMessage,
    css`
      :host, :host([light-theme]) { color: var(--text); font-family: var(--font); font-size: 1rem }
      :host(:hover), :host([light-theme]:hover) { background-color: transparent }
      :host([ephemeral]), :host([ephemeral]:hover) { background-color: transparent }
      .discord-author-avatar img { cursor: default }
      .discord-message-content { min-width: 0; padding-top: 0; line-height: 1.375 }
      .discord-message-inner-center { align-items: flex-start }
      .discord-message-body { overflow-wrap: anywhere; word-break: normal }
      .discord-message-body-only-indent { flex: none; margin-left: 0; padding-top: 4px; font-size: 0.6875rem; line-height: 1.2 }
      .discord-message-timestamp, :host([light-theme]) .discord-message-timestamp,
      .discord-message-edited, :host([light-theme]) .discord-message-edited,
      .discord-message-ephemeral, :host([light-theme]) .discord-message-ephemeral { color: var(--muted) }
      .discord-message-ephemeral { line-height: 1.5 }
      .discord-message-edited { font-size: 0.6875rem }
      .discord-message-ephemeral .discord-message-ephemeral-link { color: var(--link) }
      /* A finger that stays asks for the message's menu. */
      @media (hover: none) {
        :host, :host .discord-message-markup { user-select: none; -webkit-user-select: none }
      }
      @media (max-width: 760px) {
        :host, :host([ephemeral]) { padding-left: 12px; padding-right: 12px }
        .discord-author-avatar { margin-right: 12px }
        .discord-message-body-only-indent { width: 52px }
      }
    `,
  ],
  [
    DiscordSystemMessage,
    css`
      :host, :host([light-theme]) { color: var(--muted); font-family: var(--font); margin-top: 0 }
      :host(:hover), :host([light-theme]:hover) { background-color: transparent }
      :host .discord-message-timestamp, :host([light-theme]) .discord-message-timestamp { color: var(--muted) }
      :host .discord-message-content { line-height: 1.375; padding-top: 4px }
      @media (max-width: 760px) {
        :host { padding-left: 12px; padding-right: 12px !important }
        :host .discord-message-icon { margin-right: 12px }
      }
    `,
  ],
  [
    DiscordReply,
    css`
      :host, :host([light-theme]) { color: var(--muted); font-family: var(--font); min-width: 0; white-space: normal }
      :host .discord-replied-message-username { color: var(--head); opacity: 1 }
      .discord-application-tag { background-color: var(--tag) }
      .discord-replied-message-content { min-width: 0; overflow: hidden; white-space: nowrap }
      .discord-replied-message-content:hover { color: var(--text) }
    `,
  ],
  [
    DiscordAuthorInfo,
    css`
      :host .discord-author-username, :host([light-theme]) .discord-author-username { color: var(--head) }
      :host .discord-author-username:hover { cursor: default; text-decoration: none }
    `,
  ],
  [DiscordVerifiedAuthorTag, css`:host { background-color: var(--tag); font-weight: 600 }`],
  [
    DiscordCode,
    css`
      :host, :host([light-theme]) { background: none; font-family: var(--mono) }
      code, :host([light-theme]) code { margin: 0; font-family: var(--mono); color: var(--text); background: var(--code) }
      :host([multiline]) code, :host([light-theme][multiline]) code {
        box-sizing: border-box; width: auto; max-width: 100%; overflow-wrap: anywhere;
        background: var(--code); border: 1px solid var(--line);
      }
    `,
  ],
  [DiscordPre, css`:host pre { width: auto; max-width: 90ch; margin-bottom: 0 }`],
  [
    DiscordQuote,
    css`
      :host .discord-quote-divider, :host([light-theme]) .discord-quote-divider { flex: none; background: var(--quote) }
      blockquote { min-width: 0 }
    `,
  ],
  [
    DiscordSpoiler,
    css`
      :host, :host([light-theme]) { background: var(--spoiler) }
      :host(:hover), :host([light-theme]:hover) { background: var(--spoiler-hover) }
      :host([activated]), :host([light-theme][activated]) { background: var(--code); cursor: text }
      :host(:not([activated])) ::slotted(*) { opacity: 0 }
    `,
  ],
  [
    DiscordMention,
    css`
      :host, :host([light-theme]) { color: var(--mention); background: var(--mention-bg); cursor: inherit }
      :host(:hover), :host([light-theme]:hover) { color: #fff; background: var(--brand) }
    `,
  ],
  [DiscordHeader, css`:host > * { margin: var(--heading-margin, 16px 0 8px) }`],
  [DiscordLink, css`a, .discord-link-light-theme a { color: var(--link) }`],
  [DiscordSubscript, css`small, :host([light-theme]) > small { color: var(--muted) }`],
  [
    DiscordEmbed,
    css`
      :host, :host([light-theme]) { color: var(--text); margin: 4px 0 }
      :host .discord-left-border, :host([light-theme]) .discord-left-border { background: var(--quote) }
      :host .discord-embed-root { flex: 0 1 auto }
      :host .discord-embed-wrapper, :host([light-theme]) .discord-embed-wrapper {
        background: var(--embed); border-color: transparent; min-width: 0;
      }
      :host .discord-embed-author, :host([light-theme]) .discord-embed-author,
      :host .discord-embed-title, :host([light-theme]) .discord-embed-title { color: var(--head) }
      :host .discord-embed-author .discord-author-image { object-fit: cover }
      :host .discord-embed-author a, :host .discord-embed-title a { color: var(--link) }
    `,
  ],
  [
    DiscordEmbedField,
    css`:host .discord-field-title, :host([light-theme]) .discord-field-title { color: var(--head) }`,
  ],
  [
    DiscordEmbedFooter,
    css`
      :host, :host([light-theme]) { color: var(--muted) }
      .discord-footer-image { object-fit: cover }
      :host .discord-footer-separator, :host([light-theme]) .discord-footer-separator { color: var(--muted) }
    `,
  ],
  [
    DiscordReaction,
    css`
      :host > *:first-child, :host([light-theme]) > *:first-child { cursor: default; background: var(--embed) }
      :host .discord-reaction-count, :host([light-theme]) .discord-reaction-count { color: var(--text) }
      :host([reacted]) > *:first-child, :host([light-theme][reacted]) > *:first-child { background: var(--mention-bg) }
      :host([reacted]) .discord-reaction-count, :host([light-theme][reacted]) .discord-reaction-count { color: var(--mention) }
    `,
  ],
  [
    DiscordThread,
    css`
      :host, :host([light-theme]) { background: var(--embed); max-width: 100%; box-sizing: border-box }
      :host .discord-thread-name, :host([light-theme]) .discord-thread-name { color: var(--head) }
      :host .discord-thread-cta { color: var(--link) }
      :host .discord-thread-bottom, :host([light-theme]) .discord-thread-bottom { color: var(--muted) }
    `,
  ],
]

const BUTTON_STYLE = css`
      :host > *:first-child {
        box-sizing: border-box; height: auto; min-height: 32px; margin: 4px var(--button-gap, 8px) 4px 0;
        border-radius: 8px;
        font-family: var(--font);
      }
      :host > *:first-child:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px }
      svg { width: 14px; height: 14px; margin-left: 8px }
      .primary { background-color: #5865f2 }
      .success { background-color: #1f7a4d }
      .success.hoverable:hover { background-color: #1a6640 }
      .destructive { background-color: #c9343b }
      .destructive.hoverable:hover { background-color: #a12828 }
      .secondary { color: var(--secondary-text); background-color: var(--secondary) }
      .secondary.hoverable:hover { background-color: var(--secondary-hover) }
      .disabled { opacity: 0.5 }
      :host([waiting]) > *:first-child { cursor: progress; opacity: 0.7 }
      @media (max-width: 760px), (pointer: coarse) { :host > *:first-child { min-height: 40px } }
    `

/** Discord's button, with today's colours, a size that a thumb hits, and a disabled state that the keyboard meets too. */
class PageButton extends DiscordButton {
  override updated(): void {
    const button = this.shadowRoot?.querySelector('button')
    if (button) button.disabled = this.disabled
  }
}

/** Makes the library's elements known to the browser, in the page's colours. */
export const defineComponents = (): void => {
  for (const [component, style] of OVERRIDES) component.elementStyles.push(style)
  customElements.define('page-button', PageButton)
  PageButton.elementStyles.push(BUTTON_STYLE)
}
