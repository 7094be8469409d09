import type { Action } from '../policy/pack.ts'
import type { StoredMessage } from '../storage/messages.ts'
import type { Attachment, Card, Merge, Urgency } from '../storage/outbox.ts'
import type { ChatGroup, Member } from '../storage/roster.ts'
import type { Desk } from './desk.ts'
import type { Intent, SlotsOf, Understood } from './slots.ts'

/** What a handler sees of the world: one message of one person, inside its transaction. */
export interface Ctx extends Desk {
  /** The record's time: the platform's where plausible, else the Clock's. UTC epoch ms. */
  at: number
  actor: Member
  chat: { id: string; kind: 'group' | 'direct'; channel: string; platformId: string; group?: ChatGroup }
  message: StoredMessage
  /** The message's text as it was written. */
  text: string
  /** Asks the pack's action × role table for the actor. */
  may(action: Action): boolean
}

/** Somebody the roster does not know, or a resident: no member stands behind the message. */
export type StrangerCtx = Omit<Ctx, 'actor' | 'may'> & {
  stranger: { name?: string; platformId?: string; resident: boolean }
}

/** What goes back to the sender. */
export interface Answer {
  text: string
  /** A code where nothing was done; kept with the message. */
  refused?: string
  /** Goes to the sender alone even when asked in a group. */
  private?: boolean
  /** Who is @-ed, in a group. */
  mentions?: readonly Member[]
  card?: Card
  /** A picture or document that goes along, made when it is sent. */
  attachment?: Attachment
  urgency?: Urgency
  /** How it reads as one of several; `notBefore` is when the window closes. */
  merge?: Merge
  notBefore?: number
  /** The word for the outbox; default: the intent. */
  kind?: string
  /** Leaves a question open: the sender's next message comes to `resume` of `intent` with this draft. */
  question?: { intent: Intent; draft: unknown }
}

export function answer(text: string, options: Omit<Answer, 'text' | 'refused'> = {}): Answer {
  return { text, ...options }
}

/** Nothing was changed; `text` says why and what to do next. */
export function refuse(reason: string, text: string, options: Omit<Answer, 'text' | 'refused'> = {}): Answer {
  return { text, refused: reason, ...options }
}

/** One question; the draft is kept until it is answered, a clear new wish comes, or the day ends. */
export function ask(
  intent: Intent,
  draft: unknown,
  text: string,
  options: Omit<Answer, 'text' | 'question'> = {},
): Answer {
  return { text, question: { intent, draft }, ...options }
}

/** One line said and what the answer must hold; shown by 帮助 and run as a test. */
export type Turn = [said: string, answered: string]

/** One thing people do. */
export interface Handler<I extends Intent = Intent> {
  intent: I
  /** The row of the pack's action × role table; absent where the handler asks itself for each case. */
  who?: Action
  /** Who speaks in the example dialog (a role code), and in which chat. */
  dialog: { as: string; turns: Turn[] }
  run(ctx: Ctx, slots: SlotsOf[I]): Promise<Answer | undefined>
  /** Takes the answer to a question; undefined where the text is not one, and the message is then taken for itself. */
  resume?(ctx: Ctx, draft: unknown, understood: Understood): Promise<Answer | undefined>
  /** For people outside the roster; undefined where it is not for them. */
  runForStranger?(ctx: StrangerCtx, slots: SlotsOf[I]): Promise<Answer | undefined>
}

/** Something asked for by a fixed word, outside what understanding tells apart: rare, exact, for those who know it. */
export interface Command {
  name: string
  matches: RegExp
  who: Action
  dialog: { as: string; turns: Turn[] }
  /**
   * `when`: a day or local time told in the words, as `Understood` has it.
   * @returns undefined where the words turn out to mean something else: then they are understood as any other
   */
  run(ctx: Ctx, told: { when?: string }): Promise<Answer | undefined>
}

/** Keeps intent and slots of one handler together where many stand in one list. */
export function defineHandler<I extends Intent>(handler: Handler<I>): Handler {
  return handler as unknown as Handler
}

/** How one kind of record is taken back by whoever made it. */
export interface Undoable {
  /** What it is, in words (`走访 王奶奶 09:10`); undefined where it was taken back already. */
  describe(ctx: Ctx, id: string): Promise<string | undefined>
  /** Takes it back. @returns a refusal where others have built on it */
  undo(ctx: Ctx, id: string): Promise<Answer | undefined>
}
