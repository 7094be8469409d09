import { useEffect, useRef, useState } from 'preact/hooks'
import type { PhoneForm } from '../shared/phone-api.ts'
import type { Outcome } from './outbox/outbox.ts'
import type { OutboxView } from './use-outbox.ts'

/** What came of an entry, in the bot's own words; where it asks back, the place to answer. */
export function Result(props: { outcome: Outcome; outbox: OutboxView; again: string; onAgain(): void }) {
  const { outbox, again, onAgain } = props
  const [outcome, setOutcome] = useState(props.outcome)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [outcome])
  const [title, mark] = describe(outcome)

  return (
    <section class="result">
      <p class={`sign ${mark}`} aria-hidden="true" />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {outcome === 'kept' ? (
        <p>已经记在手机里，有网会自动发出，按现在的时间算。</p>
      ) : (
        outcome.replies.map(({ text }) => (
          <p key={text} class="words">
            {text}
          </p>
        ))
      )}
      {outcome !== 'kept' && outcome.asks && <Reply outbox={outbox} outcome={outcome} onAnswered={setOutcome} />}
      <button type="button" class="second" onClick={onAgain}>
        {again}
      </button>
      <a class="second" href="/h5/mine">
        看我的一天
      </a>
    </section>
  )
}

function describe(outcome: Outcome): [title: string, mark: 'good' | 'wait' | 'stop'] {
  if (outcome === 'kept') return ['先记下了', 'wait']
  if (outcome.asks) return ['还差一句', 'wait']
  return outcome.ok ? ['记好了', 'good'] : ['没有记', 'stop']
}

function Reply(props: { outbox: OutboxView; outcome: Exclude<Outcome, 'kept'>; onAnswered(outcome: Outcome): void }) {
  const { outbox, outcome, onAnswered } = props
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const buttons = outcome.replies.flatMap(reply => reply.buttons)

  async function answer(words: string): Promise<void> {
    if (words.trim() === '') return setFault('请写一句。')
    try {
      const form: PhoneForm = { is: 'words', text: words.trim() }
      onAnswered(await outbox.submit(form))
      setText('')
    } catch (error) {
      setFault((error as Error).message)
    }
  }

  return (
    <form
      class="reply"
      onSubmit={event => {
        event.preventDefault()
        void answer(text)
      }}
    >
      {buttons.map(button => (
        <button type="button" class="second" key={button.says} onClick={() => void answer(button.says)}>
          {button.text}
        </button>
      ))}
      <label for="reply">您的回答</label>
      <input id="reply" value={text} onInput={event => setText(event.currentTarget.value)} />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit" class="primary">
        发送
      </button>
    </form>
  )
}
