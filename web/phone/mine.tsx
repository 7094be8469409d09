import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Approval, DayIncident, DayNotice, MyDay, PhoneForm } from '../shared/phone-api.ts'
import { getJson, postJson } from './http.ts'
import { type Entry, titleOf } from './outbox/entry.ts'
import type { TaskProps } from './task.ts'

type Act = (form: PhoneForm) => Promise<void>

/** Everything that stands on one's own desk, and one touch to be done with it. */
export function Mine({ data, outbox }: TaskProps) {
  const [day, setDay] = useState<MyDay>(data.day)
  const [said, setSaid] = useState<{ text: string; isFault: boolean }>()
  const [isBusy, setBusy] = useState(false)
  const answer = useRef<HTMLParagraphElement>(null)
  useEffect(() => answer.current?.focus(), [said])

  async function act(form: PhoneForm): Promise<void> {
    setBusy(true)
    try {
      const outcome = await outbox.submit(form)
      const text =
        outcome === 'kept' ? '先记下了，有网会自动发出。' : outcome.replies.map(reply => reply.text).join('\n')
      setSaid({ text: text || '记好了。', isFault: outcome !== 'kept' && !outcome.ok })
      if (outcome !== 'kept') setDay(await getJson<MyDay>('/day'))
    } catch (error) {
      setSaid({ text: (error as Error).message, isFault: true })
    } finally {
      setBusy(false)
    }
  }

  const { checkIn, approvals, notices, incidents, leaves, records } = day
  const isFree = approvals.length + notices.length + incidents.length === 0
  return (
    <>
      <h1>我的一天</h1>
      <p class="quiet">{data.today}</p>
      {said && (
        <p
          class={said.isFault ? 'said fault' : 'said'}
          role={said.isFault ? 'alert' : 'status'}
          ref={answer}
          tabIndex={-1}
        >
          {said.text}
        </p>
      )}
      <Waiting entries={outbox.waiting} discard={outbox.discard} />
      <Part title="考勤">
        <p>{checkIn.refusal ?? checkIn.words ?? '今天不用打卡。'}</p>
      </Part>
      {isFree && <p class="words">手上没有待办，辛苦了。</p>}
      <Part title="等您审批" count={approvals.length}>
        {approvals.map(one => (
          <ApprovalItem key={`${one.of}${one.no}`} approval={one} act={act} isBusy={isBusy} />
        ))}
      </Part>
      <Part title="手上的事件" count={incidents.length}>
        {incidents.map(one => (
          <IncidentItem key={one.no} incident={one} act={act} isBusy={isBusy} />
        ))}
      </Part>
      <Part title="提示单" count={notices.length}>
        {notices.map(one => (
          <NoticeItem key={one.no} notice={one} act={act} isBusy={isBusy} />
        ))}
      </Part>
      <Part title="请假" count={leaves.length}>
        {leaves.map(words => (
          <p key={words}>{words}</p>
        ))}
      </Part>
      <Part title="今天记下的" count={records.length}>
        {records.map(({ words, undoable }, index) => (
          <div class="item line" key={`${index}${words}`}>
            <p>{words}</p>
            {undoable && (
              <button type="button" class="plain" disabled={isBusy} onClick={() => void act({ is: 'undo' })}>
                撤销
              </button>
            )}
          </div>
        ))}
      </Part>
      <button type="button" class="plain wide" onClick={() => void signOut()}>
        退出登录
      </button>
    </>
  )
}

/** Whatever the server says, this phone shows nobody's day any more. */
async function signOut(): Promise<void> {
  await postJson('/sign-out', {}).catch(() => {})
  location.reload()
}

/** A part without anything in it is not shown. */
function Part({ title, count, children }: { title: string; count?: number; children: ComponentChildren }) {
  if (count === 0) return null
  return (
    <section class="part">
      <h2>
        {title}
        {count !== undefined && <span class="count">{count}</span>}
      </h2>
      {children}
    </section>
  )
}

/** What this phone still holds; what the server refused can be put away. */
function Waiting({ entries, discard }: { entries: Entry[]; discard(id: string): void }) {
  return (
    <Part title="没发出的" count={entries.length}>
      {entries.map(entry => (
        <div class="item line" key={entry.id}>
          <p>
            {titleOf(entry)}
            {entry.fault && <span class="fault">没发成：{entry.fault}</span>}
          </p>
          <button type="button" class="plain" onClick={() => discard(entry.id)}>
            不发了
          </button>
        </div>
      ))}
    </Part>
  )
}

const DECISIONS = { approve: '同意', sign: '签发' } as const

function ApprovalItem({ approval, act, isBusy }: { approval: Approval; act: Act; isBusy: boolean }) {
  const { of, no, title, detail, decision } = approval
  return (
    <article class="item">
      <h3>{title}</h3>
      {detail && <p class="detail">{detail}</p>}
      <WithWords
        id={`reason-${of}-${no}`}
        label="退回原因"
        open="退回"
        send="退回"
        isNeeded
        isBusy={isBusy}
        onSend={reason => act({ is: 'decision', of, no, decision: 'reject', reason })}
      >
        <button
          type="button"
          class="primary"
          disabled={isBusy}
          onClick={() => void act({ is: 'decision', of, no, decision })}
        >
          {DECISIONS[decision]}
        </button>
      </WithWords>
    </article>
  )
}

function IncidentItem({ incident, act, isBusy }: { incident: DayIncident; act: Act; isBusy: boolean }) {
  const { no, title, urgent, detail, step } = incident
  return (
    <article class="item">
      <h3>
        {urgent && <span class="urgent">紧急</span>}
        {title}
      </h3>
      <p class="detail">{detail}</p>
      {step === 'accept' ? (
        <div class="actions">
          <button
            type="button"
            class="primary"
            disabled={isBusy}
            onClick={() => void act({ is: 'incidentStep', step, no })}
          >
            受理
          </button>
        </div>
      ) : (
        <WithWords
          id={`resolve-${no}`}
          label="怎么处理的（可不填）"
          open="办结"
          send="办结"
          isBusy={isBusy}
          onSend={text => act({ is: 'incidentStep', step, no, text })}
        />
      )}
    </article>
  )
}

function NoticeItem({ notice, act, isBusy }: { notice: DayNotice; act: Act; isBusy: boolean }) {
  const { no, title, due, overdue, acknowledged } = notice
  const step = acknowledged ? 'done' : 'acknowledge'
  return (
    <article class="item">
      <h3>{title}</h3>
      {due && (
        <p class="detail">
          {due}
          {overdue && <span class="urgent">已过期</span>}
        </p>
      )}
      <div class="actions">
        <button
          type="button"
          class={acknowledged ? 'second' : 'primary'}
          disabled={isBusy}
          onClick={() => void act({ is: 'notice', step, no })}
        >
          {acknowledged ? '做完了' : '收到'}
        </button>
      </div>
    </article>
  )
}

/** A step that takes a few words: the field opens with the first touch, and the second sends. */
function WithWords(props: {
  id: string
  label: string
  open: string
  send: string
  isNeeded?: boolean
  isBusy: boolean
  onSend(words: string): Promise<void>
  children?: ComponentChildren
}) {
  const { id, label, open, send, isNeeded = false, isBusy, onSend, children } = props
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [isOpen])

  if (!isOpen)
    return (
      <div class="actions">
        {children}
        <button type="button" class={children ? 'second' : 'primary'} disabled={isBusy} onClick={() => setOpen(true)}>
          {open}
        </button>
      </div>
    )
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        ref={field}
        rows={2}
        maxLength={300}
        value={words}
        onInput={event => setWords(event.currentTarget.value)}
      />
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={isBusy || (isNeeded && words.trim() === '')}
          onClick={() => void onSend(words.trim())}
        >
          {send}
        </button>
        <button type="button" class="second" onClick={() => setOpen(false)}>
          先不
        </button>
      </div>
    </div>
  )
}
