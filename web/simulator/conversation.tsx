import { useEffect, useRef } from 'preact/hooks'
import { dayPart, showDay, showTime } from '../shared/moments.ts'
import type { CardView, ChatEntry, ChatItem, Person } from '../shared/simulator-api.ts'
import { Avatar } from './avatar.tsx'
import type { Murmur, State } from './state.ts'

interface Props {
  state: State
  chat?: ChatEntry
  botName: string
  press(cardId: string, key: string): Promise<void>
  quote(message: { id: string; text: string }): void
}

/** The open chat, oldest line first, kept at its end while new lines come. */
export function Conversation({ state, chat, botName, press, quote }: Props) {
  const { chatId = '', people, persona, transcripts, murmurs, highlighted } = state
  const transcript = transcripts[chatId]
  const list = useRef<HTMLOListElement>(null)
  const end = useRef<HTMLLIElement>(null)
  const owner = people.find(({ key }) => `@${key}` === chatId)
  const own = murmurs.filter(one => one.chat === chatId)
  const items = transcript?.items ?? []

  // Also when a picture came and made its line taller.
  const scroll = () => {
    const target = highlighted && list.current?.querySelector(`[data-id="${highlighted}"]`)
    if (target) target.scrollIntoView({ block: 'center' })
    else end.current?.scrollIntoView({ block: 'end' })
  }
  useEffect(scroll, [chatId, items.length, own.length, highlighted])

  return (
    <>
      <h2 class="chat-title">
        {chat?.name ?? (owner ? `${owner.name}与${botName}的私聊` : chatId)}
        {chat?.community && chat.scope === 'grid' && <small>{chat.community}</small>}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div class="lines" role="log" aria-label="聊天记录" aria-live="polite" tabIndex={0}>
        <ol ref={list}>
          {transcript && items.length + own.length === 0 && (
            <li class="welcome">
              <p>这里还没有人说话。试一句：</p>
              <ol>
                <li>下面写着你是谁；点“换人”可以扮任何人</li>
                <li>点一句绿色的例子，再点“发送”</li>
                <li>{botName}在群里回一行，右边多一条记录</li>
              </ol>
            </li>
          )}
          {!transcript && <li class="empty">正在读取…</li>}
          {own.filter(({ after }) => after === null).map(one => murmurLine(one, people, botName))}
          {items.flatMap((item, index) => {
            const previous = items[index - 1]
            const lines = [
              <Line
                key={item.id}
                item={item}
                sender={people.find(({ key }) => key === item.from)}
                isMine={item.from === persona?.key}
                isHighlighted={item.id === highlighted}
                botName={botName}
                press={press}
                quote={quote}
                onPicture={scroll}
              />,
              ...own.filter(({ after }) => after === item.id).map(one => murmurLine(one, people, botName)),
            ]
            if (previous && dayPart(previous.at) === dayPart(item.at)) return lines
            return [
              <li class="day" key={`day ${item.id}`}>
                {showDay(item.at)}
              </li>,
              ...lines,
            ]
          })}
          <li ref={end} class="end" aria-hidden="true" />
        </ol>
      </div>
    </>
  )
}

interface LineProps {
  item: ChatItem
  sender?: Person
  isMine: boolean
  isHighlighted: boolean
  botName: string
  press: Props['press']
  quote: Props['quote']
  onPicture(): void
}

function Line({ item, sender, isMine, isHighlighted, botName, press, quote, onPicture }: LineProps) {
  const isBot = item.from === 'bot'
  const name = isBot ? botName : (sender?.name ?? item.from.replace('resident:', ''))
  const chosen = { id: item.id, text: item.text || '[图片]' }
  return (
    <li class={`line ${isBot ? 'bot' : isMine ? 'mine' : 'other'} ${isHighlighted ? 'lit' : ''}`} data-id={item.id}>
      <Avatar name={isBot ? '格' : name} kind={isBot ? 'robot' : ''} />
      <div class="said">
        <p class="who">
          <b>{name}</b>
          {sender && <span>{sender.role}</span>}
          <time dateTime={item.at}>{showTime(item.at)}</time>
        </p>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a shortcut for the pointer; the button beside does the same. */}
        <div class="bubble" onClick={event => isPlainClick(event) && quote(chosen)}>
          {item.quote && <blockquote>{item.quote}</blockquote>}
          {item.text && <p>{markMentions(item.text)}</p>}
          {item.images.map(url => (
            <a href={url} key={url} target="_blank" rel="noreferrer">
              <img src={url} alt={isBot ? '图表' : `${name}发的照片`} onLoad={onPicture} />
            </a>
          ))}
          {item.files?.map(url => (
            <p key={url}>
              <a href={url} download>
                打开文件
              </a>
            </p>
          ))}
          {item.place && <p class="place">位置：{item.place}</p>}
          {item.card && <CardButtons card={item.card} press={press} />}
        </div>
        <button type="button" class="quote" onClick={() => quote(chosen)} aria-label={`引用${name}的这条消息`}>
          引用
        </button>
      </div>
    </li>
  )
}

/** Not on a button, a link or while text is being marked. */
function isPlainClick(event: MouseEvent): boolean {
  return !(event.target as Element).closest('button, a') && getSelection()?.isCollapsed !== false
}

function CardButtons({ card, press }: { card: CardView; press: Props['press'] }) {
  return (
    <fieldset class="card" aria-label={card.title}>
      {card.buttons.map(({ key, text }) => (
        <button type="button" key={key} onClick={() => void press(card.id, key)}>
          {text}
        </button>
      ))}
    </fieldset>
  )
}

function murmurLine({ from, text, at }: Murmur, people: Person[], botName: string) {
  const name = people.find(({ key }) => key === from)?.name ?? from
  return (
    <li class="line mine unheard" key={`unheard ${at} ${text}`}>
      <Avatar name={name} />
      <div class="said">
        <p class="who">
          <b>{name}</b>
        </p>
        <div class="bubble">
          <p>{text}</p>
        </div>
        <p class="hint">没有 @{botName}，它听不到这句话：什么也没有记。</p>
      </div>
    </li>
  )
}

function markMentions(text: string) {
  return text.split(/(@[\p{L}\p{N}]{2,8})/u).map((part, index) =>
    part.startsWith('@') ? (
      <span class="mention" key={index}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}
